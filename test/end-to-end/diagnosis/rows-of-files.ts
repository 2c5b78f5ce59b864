import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { json } from '../../credentials/json-server';
import { keyLines, longTerm, secretKey, temporary, token, type Row } from './row';
import type { World } from './world';

const profile = ['--profile', 'dev'];
const sso = '[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n';
const session = '[sso-session corp]\nsso_start_url = https://a.example\nsso_region = eu-west-1\n';

function config(text: string, environment: Readonly<Record<string, string>> = {}): Row['arrange'] {
  return (world) => {
    world.file('.aws/config', text);
    return { args: profile, environment };
  };
}

const login = 'arn:aws:iam::123456789012:user/dev';

/** A login of `aws login` that has ended, and which AWS refuses to renew for `error`. */
function endedLogin(error: string): Row['arrange'] {
  return async (world) => {
    const dpopKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'sec1', format: 'pem' });
    const accessToken = { accessKeyId: temporary.AWS_ACCESS_KEY_ID, secretAccessKey: secretKey, sessionToken: token, accountId: '123456789012', expiresAt: '2026-01-01T00:00:00Z' };
    world.file(`.aws/login/cache/${createHash('sha256').update(login).digest('hex')}.json`, JSON.stringify({ accessToken, tokenType: 'aws_sigv4', clientId: 'arn:aws:signin:::devtools/same-device', refreshToken: 'the-token-of-the-login', idToken: 'an-id-token', dpopKey }));
    world.file('.aws/config', `[profile dev]\nlogin_session = ${login}\n`);
    return { args: profile, environment: { AWS_ENDPOINT_URL: await signIn(world, error) } };
  };
}

function signIn(world: World, error: string): Promise<string> {
  return world.server((_seen, response) => {
    response.setHeader('x-amzn-errortype', 'AccessDeniedException');
    json(response, 403, { error, message: 'no' });
  });
}

/** What is wrong on this machine: variables, files, logins. Nothing of it needs AWS to be seen. */
export const rowsOfFiles: readonly Row[] = [
  { when: 'there are no credentials anywhere', code: 'NO_CREDENTIALS', exit: 3, says: /^No AWS credentials were found\. Looked at, in this order:$/, arrange: () => ({}) },
  { when: 'the profile has nothing in it', code: 'NO_CREDENTIALS', exit: 3, says: /Profile dev .*config:1\) has nothing from which credentials could come/, arrange: config('[profile dev]\nregion = us-west-2\n') },
  { when: 'only the key id is set', code: 'INCOMPLETE_CREDENTIALS', exit: 3, says: /AWS_SECRET_ACCESS_KEY is missing/, arrange: () => ({ environment: { AWS_ACCESS_KEY_ID: longTerm.AWS_ACCESS_KEY_ID } }) },
  { when: 'only the secret is set', code: 'INCOMPLETE_CREDENTIALS', exit: 3, says: /AWS_ACCESS_KEY_ID is missing/, arrange: () => ({ environment: { AWS_SECRET_ACCESS_KEY: secretKey } }) },
  { when: 'an ASIA key has no token', code: 'INCOMPLETE_CREDENTIALS', exit: 3, says: /AWS_SESSION_TOKEN is missing/, arrange: () => ({ environment: { ...temporary, AWS_SESSION_TOKEN: '' } }) },
  { when: 'a line break came along with the secret', code: 'MALFORMED_CREDENTIALS', exit: 4, says: /AWS_SECRET_ACCESS_KEY of the environment has a line break at its end/, arrange: () => ({ environment: { ...longTerm, AWS_SECRET_ACCESS_KEY: `${secretKey}\n` } }) },
  { when: 'a space came along with the key id', code: 'MALFORMED_CREDENTIALS', exit: 4, says: /AWS_ACCESS_KEY_ID of the environment has a space at its beginning/, arrange: () => ({ environment: { ...longTerm, AWS_ACCESS_KEY_ID: ` ${longTerm.AWS_ACCESS_KEY_ID}` } }) },
  { when: 'quotation marks came along with the token', code: 'MALFORMED_CREDENTIALS', exit: 4, says: /AWS_SESSION_TOKEN of the environment has a quotation mark at its beginning/, arrange: () => ({ environment: { ...temporary, AWS_SESSION_TOKEN: `"${token}"` } }) },
  { when: 'the profile does not exist', code: 'PROFILE_NOT_FOUND', exit: 3, says: /--profile names the profile "dev", and neither/, arrange: config('[profile dec]\nregion = us-west-2\n') },
  { when: 'its source_profile does not exist', code: 'PROFILE_NOT_FOUND', exit: 3, says: /has source_profile = base, and there is no such profile/, arrange: config('[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n') },
  { when: 'source profiles go in a circle', code: 'PROFILE_NOT_FOUND', exit: 3, says: /go in a circle: dev → b → dev/, arrange: config('[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = dev\n') },
  { when: 'a section is named like a member of an object', code: 'BAD_CONFIG_FILE', exit: 2, says: /"constructor" in .*config, line 5/, arrange: config(`${sso}[constructor]\nx = y\n`) },
  { when: 'the config file is a directory', code: 'BAD_CONFIG_FILE', exit: 2, says: /The AWS file .*config is a directory/, arrange: ({ home }) => { mkdirSync(join(home, '.aws/config'), { recursive: true }); return { args: profile }; } },
  { when: 'the config file is binary', code: 'BAD_CONFIG_FILE', exit: 2, says: /The AWS file .*config/, arrange: (world) => { world.file('.aws/config', Buffer.from([0, 1, 2, 255])); return { args: profile }; } },
  { when: 'the credentials file is huge', code: 'BAD_CONFIG_FILE', exit: 2, says: /The AWS file .*credentials is too large: 100 MB/, arrange: (world) => { truncateSync(world.file('.aws/credentials', ''), 100 * 1024 * 1024); return { args: profile }; } },
  { when: 'its [sso-session] is missing', code: 'BAD_CONFIG_FILE', exit: 2, says: /has no section \[sso-session corp\]/, arrange: config(sso) },
  { when: 'nobody has logged in to IAM Identity Center', code: 'SSO_LOGIN_REQUIRED', exit: 3, says: /The IAM Identity Center session of profile dev has expired, or there was no login yet/, arrange: config(sso + session) },
  {
    when: 'IAM Identity Center refuses the login that is kept', code: 'SSO_LOGIN_REQUIRED', exit: 3, says: /profile dev has (?:expired|ended)/,
    async arrange(world) {
      world.file('.aws/config', sso + session);
      world.file(`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`, JSON.stringify({ accessToken: 'the-token-of-the-login', expiresAt: '2099-01-01T00:00:00Z', region: 'eu-west-1', startUrl: 'https://a.example' }));
      return { args: profile, environment: { AWS_ENDPOINT_URL_SSO: await world.server((_seen, response) => { response.setHeader('x-amzn-errortype', 'UnauthorizedException'); json(response, 401, { message: 'Session token not found or invalid', __type: 'com.amazonaws.switchboard.portal#UnauthorizedException' }); }) } };
    },
  },
  { when: 'nobody has logged in by aws login', code: 'SSO_LOGIN_REQUIRED', exit: 3, says: /The login of profile dev has ended, or there was none yet/, arrange: config(`[profile dev]\nlogin_session = ${login}\n`) },
  { when: 'the login of aws login has ended', code: 'SSO_LOGIN_REQUIRED', exit: 3, says: /The login of profile dev has ended, or there was none yet/, arrange: endedLogin('TOKEN_EXPIRED') },
  { when: 'the login of aws login may not be renewed', code: 'ACCESS_DENIED', exit: 4, says: /The login of profile dev has ended, and who logged in may not have it renewed: signin:CreateOAuth2Token is denied/, arrange: endedLogin('INSUFFICIENT_PERMISSIONS') },
  { when: 'the role asks for an MFA code and nobody can be asked', code: 'MFA_REQUIRED', exit: 3, says: /The role of profile dev asks for an MFA code/, arrange: config(`[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/dev\n[profile base]\n${keyLines}`) },
  { when: 'the credential_process fails', code: 'CREDENTIAL_PROCESS_FAILED', exit: 4, says: /The credential_process of profile dev gave no credentials/, arrange: config('[profile dev]\ncredential_process = false\n') },
  { when: 'no region is set', code: 'NO_REGION', exit: 3, says: /region/i, arrange: () => ({ environment: { ...longTerm, AWS_REGION: '' } }) },
  { when: 'the region has a typing error', code: 'BAD_REGION', exit: 2, says: /There is no region us-esat-1/, arrange: () => ({ environment: { ...longTerm, AWS_REGION: 'us-esat-1' } }) },
  { when: 'the region is no name of one', code: 'BAD_REGION', exit: 2, says: /"us west 2" is not the name of an AWS region/, arrange: () => ({ environment: { ...longTerm, AWS_REGION: 'us west 2' } }) },
  { when: 'the bundle of certificates is not there', code: 'BAD_CONFIG_FILE', exit: 2, says: /The certificates of AWS_CA_BUNDLE cannot be read: \/no\/bundle\.pem \(ENOENT\)/, arrange: () => ({ environment: { ...longTerm, AWS_CA_BUNDLE: '/no/bundle.pem', AWS_ENDPOINT_URL: 'https://127.0.0.1:1' } }) },
];
