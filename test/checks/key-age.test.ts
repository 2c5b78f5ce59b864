import { keyAge, type KeyAge } from '../../scripts/checks/key-age';
import { readKeyAge } from '../../scripts/checks/read-key-age';
import type { Session } from '../../scripts/flow/session';
import { refusal, startFakeSts, type Answer, type FakeSts } from '../identity/fake-sts';
import { runFor, sessionOf } from '../flow/run-for-test';

const run = runFor('deploy', []);
afterAll(() => { run.interruption.stop(); });

const now = Date.parse('2026-11-24T00:00:00Z');
const created = (days: number): KeyAge => ({ kind: 'created', at: new Date(now - days * 86_400_000) });

function check(age: KeyAge, session: Session = sessionOf('environment'), maxKeyAgeDays = 90): unknown {
  return keyAge(async () => age, () => now).run({ ...session, configuration: { ...run.configuration, maxKeyAgeDays } });
}

test('a key that is not too old passes, with its age', async () => {
  expect(await check(created(90))).toEqual({ id: 'key-age', status: 'pass', message: '90 days old', fix: null });
  expect(await check(created(1.5))).toMatchObject({ message: 'one day old' });
});

test('one that is warns, with the commands that rotate it', async () => {
  const { found, ...session } = sessionOf('profile');
  expect(await check(created(91), { ...session, found: { ...found, profile: 'dev' } })).toMatchObject({ status: 'warn', message: expect.stringContaining('91 days old') as string, fix: expect.stringMatching(/^aws iam create-access-key --profile dev\n.*\naws iam delete-access-key --access-key-id OLD_ID --profile dev$/s) as string });
  expect(await check(created(31), undefined, 30)).toMatchObject({ status: 'warn', message: expect.stringContaining('after 30') as string });
});

test('an age that is not known is skipped, with the reason', async () => {
  expect(await check({ kind: 'unknown', why: 'because' })).toEqual({ id: 'key-age', status: 'skip', message: 'because', fix: null });
});

test('sessions are not asked for', async () => {
  const never = keyAge(() => Promise.reject(new Error('asked')));
  const session = sessionOf('environment');
  expect(await never.run({ ...session, proof: { ...session.proof, kind: 'temporary' }, configuration: run.configuration })).toMatchObject({ status: 'skip' });
});

const member = (id: string, date: string): string => `<member><UserName>dev</UserName><AccessKeyId>${id}</AccessKeyId><Status>Active</Status><CreateDate>${date}</CreateDate></member>`;
const keys = (...members: string[]): Answer => (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/xml' }).end(`<ListAccessKeysResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAccessKeysResult><IsTruncated>false</IsTruncated><AccessKeyMetadata>${members.join('')}</AccessKeyMetadata></ListAccessKeysResult></ListAccessKeysResponse>`);
};

describe('IAM', () => {
  let iam: FakeSts | null = null;
  afterEach(async () => {
    await iam?.close();
    iam = null;
  });
  const credentials = { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: 'Zk3bq9tJmXw0VYc5rQnLh7sPfEaUd1oGi8xT2yRu' };
  async function ask(answer: Answer): Promise<KeyAge> {
    iam = await startFakeSts(answer);
    return readKeyAge(credentials, { AWS_ENDPOINT_URL_IAM: iam.origin, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, 'aws');
  }

  test('says when the key in use was made, and not another', async () => {
    expect(await ask(keys(member('AKIAQYLPMN5HHOTHER22', '2020-01-01T00:00:00Z'), member(credentials.accessKeyId, '2026-01-02T03:04:05Z')))).toEqual({ kind: 'created', at: new Date('2026-01-02T03:04:05Z') });
    expect(iam?.requests).toMatchObject([{ action: 'ListAccessKeys', accessKeyId: credentials.accessKeyId }]);
  });

  test.each<[string, Answer, RegExp]>([
    ['denied', refusal('AccessDenied', 'not authorized to perform: iam:ListAccessKeys'), /iam:ListAccessKeys/],
    ['another key only', keys(member('AKIAQYLPMN5HHOTHER22', '2020-01-01T00:00:00Z')), /HTTP 200/],
    ['no date', keys(member(credentials.accessKeyId, 'soon')), /HTTP 200/],
    ['broken', refusal('InternalFailure', 'oh', 500), /HTTP 500/],
    ['gone', (_request, response) => { response.destroy(); }, /did not answer/],
  ])('%s: the age is not known', async (_case, answer, why) => {
    expect(await ask(answer)).toEqual({ kind: 'unknown', why: expect.stringMatching(why) as string });
  });

  test.each([[{}, 'aws-iso'], [{ AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' }, 'aws']])('with %j in %s is not asked', async (aws, partition) => {
    expect(await readKeyAge(credentials, aws, partition)).toMatchObject({ kind: 'unknown', why: expect.stringContaining('where IAM') as string });
  });
});
