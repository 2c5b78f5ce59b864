import { createHash, randomBytes } from 'node:crypto';
import { registerSecret } from '../secrets/registry';
import type { LoginInit } from './login-step';
import { notInTime, refusedAs } from './refused-login';
import { listenForReply, registeredRedirect, type Reply } from './loopback';
import type { SsoToken } from './keep-token';

/** Milliseconds that a person has in the browser: the AWS CLI's own measure. */
const patience = 10 * 60_000;

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

/**
 * Authorization code with PKCE: the browser comes back to a page on this machine.
 * https://datatracker.ietf.org/doc/html/rfc7636, https://datatracker.ietf.org/doc/html/rfc8252
 *
 * @throws Failure SSO_LOGIN_REQUIRED where it was refused or not finished in time, and what the SDK throws
 */
export async function logInByCode({ oidc, settings, show, signal, limit = patience }: LoginInit): Promise<SsoToken> {
  const [state, verifier] = [random(32), random(48)];
  registerSecret(verifier);
  const loopback = await listenForReply(state);
  try {
    const { redirectUri } = loopback;
    const grantTypes = ['authorization_code', ...(settings.session === null ? [] : ['refresh_token'])];
    const registration = await oidc.register({ grantTypes, redirectUris: [registeredRedirect], issuerUrl: settings.startUrl });
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: registration.clientId,
      redirect_uri: redirectUri,
      state,
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      scopes: settings.scopes.join(' '),
    });
    const until = new Date(Date.now() + limit);
    show({ kind: 'browser', url: `${oidc.authorizeUrl}?${query.toString().replaceAll('+', '%20')}`, until });
    const reply = await within(loopback.reply, until, signal);
    if (reply === null) throw notInTime(settings);
    if (reply.kind === 'refused') throw refusedAs(reply.error, settings);
    return await oidc.createToken(registration, { grantType: 'authorization_code', code: reply.code, codeVerifier: verifier, redirectUri });
  } finally {
    loopback.close();
  }
}

/** `null` where the time has passed. Rejects where it was aborted. */
async function within(reply: Promise<Reply>, until: Date, signal: AbortSignal): Promise<Reply | null> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<null>((resolve) => { timer = setTimeout(resolve, until.getTime() - Date.now(), null); });
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = (): void => { reject(signal.reason); };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([reply, passed, aborted]);
  } finally {
    clearTimeout(timer);
  }
}
