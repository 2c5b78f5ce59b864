import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** What the function returns to API Gateway, payload format 2.0. */
export type Answer = APIGatewayProxyStructuredResultV2;

/** A JSON answer. Notes are private to the caller's account: nothing between may keep them. */
export function json(statusCode: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return { statusCode, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers }, body: JSON.stringify(body) };
}

/** 204: done, and nothing to say. */
export const noContent: Answer = { statusCode: 204 };
