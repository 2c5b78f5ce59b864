import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliSessionName } from '../../../scripts/credentials/sessions/cli-session';
import { resolveProfile } from '../../../scripts/credentials/profiles/resolve-profile';
import type { AskMfaCode, Provider } from '../../../scripts/credentials/source';
import { redact } from '../../../scripts/secrets/redact';
import { refusal, session, startFakeSts, type FakeSts } from '../../identity/fake-sts';
import { failureOf, makePlace, secret, type Place } from '../place';

let place: Place;
let sts: FakeSts;
let expiration: Date;
beforeEach(async () => {
  place = makePlace();
  expiration = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);
  sts = await startFakeSts((request, response) => {
    const answer = request.parameters.get('TokenCode') === '123456' ? session(assumed, expiration) : refusal('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ');
    answer(request, response);
  });
  place.inHome('.aws/config', config);
});
afterEach(async () => {
  place.remove();
  await sts.close();
});

const serial = 'arn:aws:iam::123456789012:mfa/dev';
const config = `[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = base\nmfa_serial = ${serial}\nregion = eu-west-1\n[profile base]\naws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${secret}\n`;
const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-mfa-session', sessionToken: 'the-token-of-the-mfa-session' };

interface Asked {
  readonly provider: Provider;
  readonly questions: [string, boolean][];
}

/** A person who gives `codes`, one after the other. */
function person(codes: readonly string[], environment: Readonly<Record<string, string>> = { AWS_ENDPOINT_URL: sts.origin }, name = 'dev'): Asked {
  const questions: [string, boolean][] = [];
  const askMfaCode: AskMfaCode = async (device, wasRefused, use) => {
    questions.push([device, wasRefused]);
    return use(codes[questions.length - 1] ?? '');
  };
  const surroundings = { ...place.surroundings(environment), askMfaCode };
  return { provider: resolveProfile(name, surroundings, { source: 'profile', title: `profile ${name}`, namedBy: '--profile' }).found.provider, questions };
}

const cache = (): string => join(place.home, '.aws/cli/cache');

test('a wrong code is asked for again, and the right one gives a session', async () => {
  const { provider, questions } = person(['654321', ' 123 456 ']);
  expect(await provider()).toEqual({ ...assumed, expiration });
  expect(questions).toEqual([[serial, false], [serial, true]]);
  expect(sts.requests.map(({ parameters }) => [parameters.get('SerialNumber'), parameters.get('TokenCode')])).toEqual([[serial, '654321'], [serial, '123456']]);
});

test('what has not six digits is never sent', async () => {
  const { provider, questions } = person(['12345', 'abcdef', '']);
  expect(await failureOf(provider)).toMatchObject({ code: 'MFA_REQUIRED' });
  expect([questions.length, sts.requests]).toEqual([3, []]);
});

test('the third wrong code ends it', async () => {
  const { provider } = person(['000000', '000001', '000002', '123456']);
  expect(await failureOf(provider)).toMatchObject({ code: 'MFA_REQUIRED', message: expect.stringContaining('refused the MFA code') as string });
  expect(sts.requests).toHaveLength(3);
});

test('a device of somebody else is not asked for again', async () => {
  await sts.close();
  sts = await startFakeSts(refusal('AccessDenied', 'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.'));
  const { provider, questions } = person(['123456', '123456']);
  expect(await failureOf(provider)).toMatchObject({ code: 'MFA_REQUIRED', message: expect.stringContaining('mfa_serial') as string });
  expect(questions).toHaveLength(1);
});

test('a role that may not be assumed is no wrong code', async () => {
  await sts.close();
  sts = await startFakeSts(refusal('AccessDenied', 'User: arn:aws:iam::123456789012:user/dev is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/deployer'));
  const { provider, questions } = person(['123456', '123456']);
  expect(await failureOf(provider)).toMatchObject({ code: 'ACCESS_DENIED' });
  expect(questions).toHaveLength(1);
});

test('a session that a killed run left half kept is removed by the next that keeps one; what is being written, and is of others, stays', async () => {
  const [left, young] = ['a', 'b'].map((letter) => place.inHome(`.aws/cli/cache/${'0'.repeat(40)}.json.${letter.repeat(12)}`, 'a session'));
  const ofOthers = place.inHome('.aws/cli/cache/session.db', 'x');
  const longAgo = new Date(Date.now() - 3_600_000);
  for (const path of [left, ofOthers]) utimesSync(path ?? '', longAgo, longAgo);
  await person(['123456']).provider();
  expect(readdirSync(cache())).toHaveLength(3);
  expect(readdirSync(cache()).map((name) => join(cache(), name))).toEqual(expect.arrayContaining([young, ofOthers]));
});

test('the next run does not ask, nor call STS: the session is kept for its owner only', async () => {
  await person(['123456']).provider();
  const [name = '', ...more] = readdirSync(cache());
  expect([more, statSync(join(cache(), name)).mode & 0o777, statSync(cache()).mode & 0o777]).toEqual([[], 0o600, 0o700]);
  const { provider, questions } = person([]);
  expect(await provider()).toEqual({ ...assumed, expiration });
  expect([questions, sts.requests.length]).toEqual([[], 1]);
});

test('a session that is nearly over is not used again', async () => {
  expiration = new Date(Date.now() + 10 * 60_000);
  await person(['123456']).provider();
  const { provider, questions } = person(['123456']);
  await provider();
  expect(questions).toHaveLength(1);
});

test('while CDK runs nobody is asked: the session serves to its end', async () => {
  expiration = new Date(Date.now() + 60_000);
  const { provider, questions } = person(['123456', '123456']);
  await provider();
  expect(await provider()).toMatchObject(assumed);
  expect(questions).toHaveLength(1);
});

describe('what the AWS CLI keeps', () => {
  /** SHA-1 of `{"RoleArn": "arn:aws:iam::123456789012:role/deployer", "SerialNumber": "arn:aws:iam::123456789012:mfa/dev"}`. */
  const name = '1813495246c4c0085d2f5b6f46d558d45b290067.json';
  const keep = (ends: string, text?: string): void => {
    mkdirSync(cache(), { recursive: true });
    writeFileSync(join(cache(), name), text ?? JSON.stringify({ Credentials: { AccessKeyId: 'ASIAQYLPMN5HOFTHECLI', SecretAccessKey: 'the-secret-that-the-cli-keeps', SessionToken: 'the-token-that-the-cli-keeps', Expiration: ends }, AssumedRoleUser: {} }));
  };

  test('is used, without the network and without what the role builds on', async () => {
    keep('2099-01-02T03:04:05+00:00');
    place.inHome('.aws/config', config.replace('aws_access_key_id', 'nothing').replace('aws_secret_access_key', 'credential_process'));
    const { provider, questions } = person([], {});
    expect(await provider()).toEqual({ accessKeyId: 'ASIAQYLPMN5HOFTHECLI', secretAccessKey: 'the-secret-that-the-cli-keeps', sessionToken: 'the-token-that-the-cli-keeps', expiration: new Date('2099-01-02T03:04:05Z') });
    expect(questions).toEqual([]);
    expect(redact('it is the-secret-that-the-cli-keeps')).toBe('it is [redacted]');
  });

  test('is of AWS, and never of an endpoint of one\'s own', async () => {
    keep('2099-01-02T03:04:05Z');
    const { provider, questions } = person(['123456']);
    expect(await provider()).toMatchObject(assumed);
    expect(questions).toHaveLength(1);
    expect(readFileSync(join(cache(), name), 'utf8')).not.toContain(assumed.accessKeyId);
  });

  test.each([
    [{}, '6276837b3d6a187e0ff6b3628c88484e532b2dcc'],
    [{ mfa_serial: serial }, '1813495246c4c0085d2f5b6f46d558d45b290067'],
    [{ mfa_serial: serial, duration_seconds: '3600', external_id: 'x"yé', role_session_name: 'me' }, 'bffec89c886da98ac7e8c7cf2abc5d0ae11251e9'],
  ])('has the name that botocore gives it: %j', (more, hash) => {
    const properties = new Map(Object.entries({ role_arn: 'arn:aws:iam::123456789012:role/deployer', ...more }));
    expect(cliSessionName({ properties }, null)).toBe(`${hash}.json`);
  });

  test.each(['', 'null', '[]', '{"Credentials": 7}', '{"Credentials": {"AccessKeyId": "ASIA"}}'])('and is broken (%j) is asked for anew', async (text) => {
    await person(['123456']).provider();
    const [file = ''] = readdirSync(cache());
    writeFileSync(join(cache(), file), text);
    const { provider, questions } = person(['123456']);
    expect(await provider()).toMatchObject(assumed);
    expect(questions).toHaveLength(1);
  });
});

test('a role in the middle of a chain has its own code and its own session', async () => {
  place.inHome('.aws/config', `${config}[profile top]\nrole_arn = arn:aws:iam::123456789012:role/top\nsource_profile = dev\nregion = eu-west-1\n`);
  await sts.close();
  sts = await startFakeSts(session(assumed, expiration));
  await person(['123456'], undefined, 'top').provider();
  expect(sts.requests.map(({ parameters }) => [parameters.get('RoleArn')?.split('/').at(-1), parameters.get('TokenCode')])).toEqual([['deployer', '123456'], ['top', null]]);
  const { provider, questions } = person([], undefined, 'top');
  await provider();
  expect(questions).toEqual([]);
});
