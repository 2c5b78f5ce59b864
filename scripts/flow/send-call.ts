import { callApi, type ApiAnswer } from '../api/signed-request';
import { toldCall } from '../credentials/connection/call-log';
import { translate } from '../credentials/refusals/refusal';
import type { Run } from './run';
import type { Session } from './session';

/** One call of the deployed API. */
export interface CallInit {
  /** The address of the API, without the path. */
  readonly apiUrl: string;
  readonly method: string;
  readonly path: string;
  readonly body?: Buffer;
}

/**
 * Signs it with the credentials of the session, and sends it.
 *
 * @throws Failure where there is no answer
 */
export async function send(session: Session, { apiUrl, method, path, body }: CallInit): Promise<ApiAnswer> {
  const { found, region, proof } = session;
  try {
    return await toldCall('execute-api', method, () => callApi({ apiUrl, method, path, body: body ?? null, credentials: proof.credentials, region: region.value, aws: found.aws }));
  } catch (error) {
    throw translate(error, { aws: found.aws, url: new URL(apiUrl), region: region.value, found, credentials: proof.credentials });
  }
}

/** Calls, and prints the answer below a line that names the call. @returns the status */
export async function callAndShow(run: Run, session: Session, init: CallInit): Promise<number> {
  const answer = await send(session, init);
  run.screen.line(run.screen.style.dim(answerLine(init, answer)));
  run.screen.line(readable(answer));
  return answer.status;
}

/** What was called, and how and when it was answered: `GET /notes  200  191 ms`. */
export function answerLine({ method, path }: Pick<CallInit, 'method' | 'path'>, { status, durationMs }: ApiAnswer): string {
  return `${method} ${path}  ${status}  ${durationMs} ms`;
}

/** Whether an answer with this status says that it was done. https://www.rfc-editor.org/rfc/rfc9110#name-successful-2xx */
export function isOk(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** The body: JSON set for reading, anything else as it is. */
export function readable({ contentType, body }: ApiAnswer): string {
  const text = body.toString();
  if (!/\bjson\b/.test(contentType)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
