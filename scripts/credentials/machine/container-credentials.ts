import { setTimeout as pause } from 'node:timers/promises';
import { isTooLarge } from '../../failures/answer-too-large';
import { Failure } from '../../failures/failure';
import { registerSecret } from '../../secrets/registry';
import { errorFacts } from '../refusals/error-facts';
import { metadataRequest, type MetadataAnswer } from './metadata-request';
import { reasonIn, sessionIn } from './metadata-session';
import type { Credentials } from '../source';
import { unreachable as words } from '../refusals/refusal-words';
import { readToken } from '../web-identity/web-identity';

/** Milliseconds that one attempt may take. */
const patience = 2_000;
const attempts = 3;

/** Where a container's token is: a file goes first, for it is the one that is renewed. */
export interface ContainerToken {
  readonly file: string | null;
  readonly value: string | null;
}

/**
 * Asks the endpoint for the session of the container's role.
 *
 * @throws Failure OIDC_TOKEN_UNAVAILABLE, MALFORMED_CREDENTIALS, NETWORK_UNREACHABLE, ACCESS_DENIED, AWS_UNAVAILABLE
 */
export async function askContainer(endpoint: URL, token: ContainerToken): Promise<Credentials> {
  const answer = await ask(endpoint, headersOf(token));
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
    throw new Failure({
      code: 'ACCESS_DENIED',
      message: `The credential endpoint of this container, ${endpoint.host}, refused: HTTP ${answer.status}${reasonIn(answer.text)}.`,
      fix: 'See that the task or the pod has a role (ECS: taskRoleArn; EKS: a Pod Identity association of its service account), and that its token is current.',
    });
  }
  const session = answer.status === 200 ? sessionIn(answer.text) : null;
  if (session === null) {
    throw new Failure({
      code: 'AWS_UNAVAILABLE',
      message: `The credential endpoint of this container, ${endpoint.host}, answered HTTP ${answer.status}, but no credentials.`,
      fix: 'Run the same command again in a minute. If it stays so, look at what AWS_CONTAINER_CREDENTIALS_FULL_URI names.',
    });
  }
  return session;
}

function headersOf({ file, value }: ContainerToken): Record<string, string> {
  const token = file === null ? value : readToken(file, 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE');
  if (token === null) return {};
  registerSecret(token);
  if (/^[\u0020-\u007e]+$/.test(token)) return { authorization: token };
  throw new Failure({ code: 'MALFORMED_CREDENTIALS', message: 'The authorization token of this container has a line break or a character that no header can have.', fix: 'Set AWS_CONTAINER_AUTHORIZATION_TOKEN, or what its file holds, to the token alone.' });
}

/** Again where it is busy or does not answer; what it refuses stays refused. */
async function ask(endpoint: URL, headers: Record<string, string>): Promise<MetadataAnswer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await metadataRequest(endpoint, { headers, signal: AbortSignal.timeout(patience) });
      if (attempt === attempts || (answer.status < 500 && answer.status !== 429)) return answer;
    } catch (error) {
      if (attempt === attempts) throw unreachable(endpoint, error);
    }
    await pause(100 * 2 ** (attempt - 1));
  }
}

function unreachable(endpoint: URL, error: unknown): Failure {
  if (isTooLarge(error)) {
    return new Failure({
      code: 'AWS_UNAVAILABLE',
      message: `The credential endpoint of this container, ${endpoint.host}, sends more than any credentials have: it was broken off.`,
      fix: 'Look at what AWS_CONTAINER_CREDENTIALS_FULL_URI names.',
      cause: error,
    });
  }
  const facts = errorFacts(error);
  const why = facts.flatMap(({ name, code }) => words.get(code) ?? words.get(name) ?? [])[0] ?? 'it did not answer';
  return new Failure({
    code: 'NETWORK_UNREACHABLE',
    message: `The credential endpoint of this container, ${endpoint.host}, cannot be reached: ${why}.`,
    fix: 'Outside of the container these variables name nothing: unset AWS_CONTAINER_CREDENTIALS_RELATIVE_URI AWS_CONTAINER_CREDENTIALS_FULL_URI',
    cause: error,
  });
}
