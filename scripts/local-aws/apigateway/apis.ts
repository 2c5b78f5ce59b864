import { randomInt } from 'node:crypto';
import { AwsError } from '../aws-error';
import type { JsonObject } from '../resource';
import type { LocalAws } from '../service';
import type { Table } from '../store';

/** The CorsConfiguration of an API: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html */
export interface Cors {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number | null;
}

export interface RouteRecord {
  /** `GET /notes/{id}`, `ANY /{proxy+}`, `$default` */
  readonly routeKey: string;
  readonly authorization: 'NONE' | 'AWS_IAM';
  /** Of the integration. */
  readonly target: string;
}

export interface IntegrationRecord {
  /** Of the Lambda function. */
  readonly functionArn: string;
  /** Milliseconds. */
  readonly timeout: number;
}

export interface StageRecord {
  readonly variables: Record<string, string>;
  readonly accessLog: { readonly group: string; readonly format: string } | null;
  /** ISO 8601. */
  readonly created?: string;
  readonly updated?: string;
  /** Of what is only recorded, as the stage's description tells it. */
  readonly recorded?: JsonObject;
}

/** An HTTP API with its parts, each by its id; stages by their name. */
export interface ApiRecord {
  readonly id: string;
  readonly region: string;
  /** ISO 8601. */
  readonly created?: string;
  name: string;
  description: string;
  cors: Cors | null;
  disabled: boolean;
  tags: Record<string, string>;
  routes: Record<string, RouteRecord>;
  integrations: Record<string, IntegrationRecord>;
  stages: Record<string, StageRecord>;
}

/** By id. */
export function apis(local: LocalAws): Table<ApiRecord> {
  return local.store.table<ApiRecord>('http-apis');
}

/** @throws AwsError NotFoundException */
export function getApi(local: LocalAws, region: string, id: string): ApiRecord {
  const api = apis(local).get(id);
  if (api !== undefined && api.region === region) return api;
  throw new AwsError('NotFoundException', `Invalid API identifier specified ${local.account}:${id}`, 404);
}

/** Where it is served here, without a slash at the end. */
export function endpointOf(local: LocalAws, id: string): string {
  return `${local.origin()}/_api/${id}`;
}

/** What AWS would serve it at. */
export function domainOf({ id, region }: ApiRecord): string {
  return `${id}.execute-api.${region}.amazonaws.com`;
}

/** Lower-case letters and digits, as API Gateway's identifiers are. */
export function newId(length: number): string {
  return Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[randomInt(36)]).join('');
}

/** As API Gateway tells times: to the second. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
