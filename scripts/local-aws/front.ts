import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, unsupported } from './aws-error';
import { errorAnswer } from './error-answer';
import { authorizer } from './iam/authorize';
import { readBody } from './request-body';
import { apiPath, protocolOfRequest, titleOf } from './request-kind';
import type { LocalAws, LocalResponse, Protocol } from './service';
import type { Services } from './services';
import { isSigned } from './signature';
import { authorizationOf, notSigned, verifySignature, type RawRequest } from './signature-check';
import type { Session } from './sts/sessions';
import { unsignedAction } from './unsigned-actions';

/** What the front needs beyond the services' own {@link LocalAws}. */
export interface Front {
  readonly local: LocalAws;
  readonly services: Services;
  /** Proves to another process which server this is. */
  answerHealth(nonce: string): string;
}

/** An answer, and what the request is called in the log. */
interface Answered {
  readonly response: LocalResponse;
  readonly title: string;
}

interface Incoming extends RawRequest {
  readonly sourceIp: string;
}

/** Answers one request: who signed it, which service it is for, what that says, and the state saved before anyone hears it. */
export async function answer(front: Front, message: IncomingMessage, reply: ServerResponse): Promise<void> {
  const started = performance.now();
  const requestId = randomUUID();
  const { response, title } = await answered(front, message, requestId);
  // A deployed API says its own.
  const ids = 'apigw-requestid' in response.headers ? {} : { 'x-amzn-requestid': requestId, 'x-amz-request-id': requestId };
  const headers = { ...ids, ...response.headers };
  reply.writeHead(response.status, Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]])));
  reply.end(message.method === 'HEAD' ? undefined : response.body);
  if (title !== '') front.local.log({ kind: 'request', text: `${title} ${response.status} ${Math.round(performance.now() - started)} ms` });
}

async function answered(front: Front, message: IncomingMessage, requestId: string): Promise<Answered> {
  const { method = 'GET', url: target = '/' } = message;
  const headers = flatHeaders(message);
  const path = target.split('?', 1)[0] ?? '/';
  const protocol = protocolOfRequest({ headers, target });
  let title = `${method} ${path}`;
  try {
    refuseForeign(front.local, headers, target);
    if (path === '/_local/health') return { title: '', response: health(front, headers) };
    const request = { method, target, headers, body: await readBody(message, protocol), sourceIp: message.socket.remoteAddress ?? '127.0.0.1' };
    title = titleOf(request, protocol);
    const api = apiPath.exec(target);
    const response = api === null ? await callService(front, request, protocol) : await callApi(front, request, api[1] ?? '', api[2] ?? '/');
    await front.local.store.saved();
    return { title, response };
  } catch (error) {
    // A request that fails may have changed something before. Where the state cannot be written, that is the error.
    await front.local.store.saved().catch(() => undefined);
    if (!(error instanceof AwsError)) title = `${title} (${error instanceof Error ? `${error.name}: ${error.message}` : 'fault'})`;
    return { title, response: errorAnswer(error, protocol, requestId, method) };
  }
}

async function callService({ local, services }: Front, request: Incoming, protocol: Protocol): Promise<LocalResponse> {
  const header = request.headers['authorization'];
  const url = urlOf(local, request.target);
  if (!isSigned(header)) return callUnsigned(services, { ...request, url }, protocol);
  const authorization = authorizationOf(header, protocol);
  const session = verifySignature(local, request, authorization, protocol);
  const service = await services.get(authorization.service);
  const { region } = authorization;
  return service.handle({ ...request, url, region, caller: session.caller, authorize: authorizer(local, session, { protocol, region, sourceIp: request.sourceIp }) });
}

/** @throws AwsError MissingAuthenticationToken, as the protocol spells it, for whatever needs a signature */
async function callUnsigned(services: Services, request: Incoming & { readonly url: URL }, protocol: Protocol): Promise<LocalResponse> {
  const unsigned = unsignedAction(request, protocol);
  const service = unsigned === null ? null : await services.get(unsigned.service);
  if (service?.handleUnsigned !== undefined) return service.handleUnsigned(request);
  if (request.url.searchParams.has('X-Amz-Signature')) throw unsupported('presigned URLs');
  throw notSigned(protocol);
}

/** Put together, not resolved: of `//name/key` the name is no host. @throws AwsError InvalidURI */
function urlOf(local: LocalAws, target: string): URL {
  const address = `${local.origin()}${target}`;
  if (!target.startsWith('/') || !URL.canParse(address)) throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  return new URL(address);
}

/** API Gateway itself refuses what its route wants signed: a bad signature is to it as none. */
async function callApi({ local, services }: Front, request: Incoming, apiId: string, path: string): Promise<LocalResponse> {
  const signed = sessionOfCall(local, request);
  const region = signed?.region ?? '';
  return services.handleApiCall(apiId, path, {
    ...request,
    url: urlOf(local, request.target),
    region,
    caller: signed?.session.caller ?? null,
    authorize: signed === null ? null : authorizer(local, signed.session, { protocol: 'rest-json', region, sourceIp: request.sourceIp }),
  });
}

function sessionOfCall(local: LocalAws, request: Incoming): { readonly session: Session; readonly region: string } | null {
  const header = request.headers['authorization'];
  if (!isSigned(header)) return null;
  try {
    const authorization = authorizationOf(header, 'rest-json');
    if (authorization.service !== 'execute-api') return null;
    return { session: verifySignature(local, request, authorization, 'rest-json'), region: authorization.region };
  } catch (error) {
    if (error instanceof AwsError) return null;
    throw error;
  }
}

/** A web page must not reach it: neither by a name that it rebinds to 127.0.0.1, nor from a page of its own. */
function refuseForeign(local: LocalAws, headers: Readonly<Record<string, string>>, target: string): void {
  const { host, port } = new URL(local.origin());
  const given = headers['host'] ?? '';
  if (given !== host && given !== `localhost:${port}`) throw new AwsError('AccessDenied', `The local AWS answers to ${host} only.`, 403);
  if (headers['origin'] !== undefined && !apiPath.test(target)) throw new AwsError('AccessDenied', 'The local AWS does not answer web pages.', 403);
}

function health(front: Front, headers: Readonly<Record<string, string>>): LocalResponse {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: front.answerHealth(headers['x-nonce'] ?? '') };
}

function flatHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]])));
}
