import { readMfaDevices } from '../../../scripts/credentials/sessions/mfa-devices';
import { sessionForKeys } from '../../../scripts/credentials/sessions/session-token';
import type { AskMfaCode } from '../../../scripts/credentials/source';
import { redact } from '../../../scripts/secrets/redact';
import { refusal, session, startFakeSts, type FakeSts } from '../../identity/fake-sts';
import { secret } from '../place';

const keys = { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: secret };
const serial = 'arn:aws:iam::123456789012:mfa/dev';
const given = { accessKeyId: 'ASIAQYLPMN5HHSESSION', secretAccessKey: 'the-secret-of-the-session-for-keys', sessionToken: 'the-token-of-the-session-for-keys' };
const expiration = new Date('2099-01-02T03:04:05Z');

let sts: FakeSts;
const questions: [string, boolean][] = [];

beforeEach(() => { questions.length = 0; });
afterEach(() => sts.close());

function asking(codes: string[]): { readonly serial: string; readonly askCode: AskMfaCode } {
  return {
    serial,
    askCode: async (of, wasRefused, use) => {
      questions.push([of, wasRefused]);
      return use(codes.shift() ?? '');
    },
  };
}

test('one hour, signed with the keys; with MFA by its code, again where that was wrong', async () => {
  const wrong = refusal('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.');
  sts = await startFakeSts((request, response) => { (request.parameters.get('TokenCode') === '123456' ? session(given, expiration) : wrong)(request, response); });
  const got = await sessionForKeys({ keys, aws: { AWS_ENDPOINT_URL_STS: sts.origin }, region: 'eu-west-1', mfa: asking(['654321', '123456']) });
  expect(got).toEqual({ ...given, expiration });
  expect(questions).toEqual([[serial, false], [serial, true]]);
  expect(sts.requests.map(({ action, accessKeyId, parameters }) => [action, accessKeyId, parameters.get('DurationSeconds'), parameters.get('SerialNumber'), parameters.get('TokenCode')])).toEqual([
    ['GetSessionToken', keys.accessKeyId, '3600', serial, '654321'],
    ['GetSessionToken', keys.accessKeyId, '3600', serial, '123456'],
  ]);
  expect([redact(given.secretAccessKey), redact(given.sessionToken)]).toEqual(['[redacted]', '[redacted]']);
});

test('without MFA nobody is asked', async () => {
  sts = await startFakeSts(session(given, expiration));
  expect(await sessionForKeys({ keys, aws: { AWS_ENDPOINT_URL_STS: sts.origin }, region: 'eu-west-1', mfa: null })).toEqual({ ...given, expiration });
  expect([questions, sts.requests[0]?.parameters.get('SerialNumber')]).toEqual([[], null]);
});

test('without six digits there is none, and STS is not asked', async () => {
  sts = await startFakeSts(session(given, expiration));
  expect(await sessionForKeys({ keys, aws: { AWS_ENDPOINT_URL_STS: sts.origin }, region: 'eu-west-1', mfa: asking(['', 'x', '12345']) })).toBeNull();
  expect(sts.requests).toEqual([]);
});

const device = (one: string): string => `<member><UserName>dev</UserName><SerialNumber>${one}</SerialNumber><EnableDate>2026-01-01T00:00:00Z</EnableDate></member>`;
const listed = (...serials: string[]): string => `<ListMFADevicesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListMFADevicesResult><MFADevices>${serials.map(device).join('')}</MFADevices><IsTruncated>false</IsTruncated></ListMFADevicesResult></ListMFADevicesResponse>`;
async function read(status: number, text: string): Promise<unknown> {
  sts = await startFakeSts((_request, response) => { response.writeHead(status, { 'content-type': 'text/xml' }).end(text); });
  return readMfaDevices(keys, { AWS_ENDPOINT_URL_IAM: sts.origin }, 'aws');
}

describe('the devices of the user', () => {
  test('are read by their serials, but for those that give no code', async () => {
    expect(await read(200, listed(serial, 'GAHT12345678', 'arn:aws:iam::123456789012:u2f/user/dev/key-ABC'))).toEqual({ kind: 'known', serials: [serial, 'GAHT12345678'] });
    expect(sts.requests.map(({ action, accessKeyId }) => [action, accessKeyId])).toEqual([['ListMFADevices', keys.accessKeyId]]);
  });

  test('there may be none', async () => {
    expect(await read(200, listed())).toEqual({ kind: 'known', serials: [] });
  });

  test.each([[403, '<ErrorResponse/>'], [200, '<html>Please log in</html>'], [500, '']])('are not known where IAM answers %i %j', async (status, text) => {
    expect(await read(status, text)).toEqual({ kind: 'unknown' });
  });

  test('are not known where no IAM can be asked', async () => {
    sts = await startFakeSts(session(given, expiration));
    expect(await readMfaDevices(keys, { AWS_ENDPOINT_URL_STS: sts.origin }, 'aws')).toEqual({ kind: 'unknown' });
    expect(sts.requests).toEqual([]);
  });
});
