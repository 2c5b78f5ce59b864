import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One stack as the server knows it. */
export interface ServedStack {
  readonly status: string;
  readonly template: string;
}

export interface Served {
  readonly stacks?: Readonly<Record<string, ServedStack>>;
  /** Access key ids that may read; anybody where absent. */
  readonly mayRead?: readonly string[];
  /** Role ARN → the access key id that AssumeRole gives. Others are denied. */
  readonly roles?: Readonly<Record<string, string>>;
  /** An error to answer everything with. */
  readonly broken?: string;
}

export interface FakeAws extends AsyncDisposable {
  readonly endpoint: string;
  /** `Action StackName-or-RoleArn as ACCESSKEYID`, in the order of arrival. */
  readonly requests: readonly string[];
}

/** STS and CloudFormation over the Query protocol on 127.0.0.1. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonParameters.html */
export async function serveAws(served: Served): Promise<FakeAws> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const keyId = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
      requests.push(`${form.get('Action')} ${form.get('StackName') ?? form.get('RoleArn')} as ${keyId}`);
      const [status, xml] = answer(served, form, keyId);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    });
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((closed) => void server.close(() => closed()));
  };
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, [Symbol.asyncDispose]: close };
}

type Reply = readonly [status: number, xml: string];

function answer({ stacks = {}, mayRead, roles = {}, broken }: Served, form: URLSearchParams, keyId: string): Reply {
  const action = form.get('Action') ?? '';
  if (broken !== undefined) return refusal(400, broken, 'Broken');
  if (action === 'AssumeRole') {
    const granted = roles[form.get('RoleArn') ?? ''];
    if (granted === undefined) return refusal(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRole');
    const expiration = '2099-01-01T00:00:00Z';
    const keys = `<AccessKeyId>${granted}</AccessKeyId><SecretAccessKey>${'s'.repeat(40)}</SecretAccessKey><SessionToken>${'t'.repeat(60)}</SessionToken>`;
    return result(action, `<Credentials>${keys}<Expiration>${expiration}</Expiration></Credentials>`);
  }
  if (mayRead !== undefined && !mayRead.includes(keyId)) return refusal(403, 'AccessDenied', `${keyId} is not authorized`);
  const name = form.get('StackName') ?? '';
  const stack = stacks[name];
  if (stack === undefined) return refusal(400, 'ValidationError', `Stack with id ${name} does not exist`);
  if (action === 'GetTemplate') return result(action, `<TemplateBody>${escaped(stack.template)}</TemplateBody>`);
  const time = '<CreationTime>2026-01-01T00:00:00Z</CreationTime>';
  return result(action, `<Stacks><member><StackName>${name}</StackName><StackStatus>${stack.status}</StackStatus>${time}</member></Stacks>`);
}

function result(action: string, xml: string): Reply {
  return [200, `<${action}Response><${action}Result>${xml}</${action}Result></${action}Response>`];
}

function refusal(status: number, code: string, message: string): Reply {
  return [status, `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`];
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
