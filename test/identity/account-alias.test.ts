import { readAccountAlias } from '../../scripts/identity/account-alias';
import { runFor, sessionOf } from '../flow/run-for-test';
import { withAccountAlias } from '../../scripts/flow/session';
import { showPlan } from '../../scripts/flow/plan';
import { textScreen } from '../../scripts/terminal/screen';
import { refusal, startFakeSts, type Answer, type FakeSts } from './fake-sts';

const { found, proof, ...rest } = sessionOf('environment');
let iam: FakeSts | null = null;

afterEach(async () => {
  await iam?.close();
  iam = null;
});

const aliases = (...names: string[]): Answer => (_request, response) => {
  const members = names.map((name) => `<member>${name}</member>`).join('');
  response.writeHead(200, { 'content-type': 'text/xml' }).end(`<ListAccountAliasesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAccountAliasesResult><IsTruncated>false</IsTruncated><AccountAliases>${members}</AccountAliases></ListAccountAliasesResult></ListAccountAliasesResponse>`);
};

async function served(answer: Answer): Promise<{ readonly AWS_ENDPOINT_URL_IAM: string }> {
  iam = await startFakeSts(answer);
  return { AWS_ENDPOINT_URL_IAM: iam.origin };
}

test.each<[string, Answer, string | null]>([
  ['an alias', aliases('acme-prod'), 'acme-prod'],
  ['none', aliases(), null],
  ['what is none, and could draw on the terminal', aliases('acme\u001b[2J'), null],
  ['denied', refusal('AccessDenied', 'not authorized to perform: iam:ListAccountAliases'), null],
  ['broken', refusal('InternalFailure', 'oh', 500), null],
  ['gone', (_request, response) => { response.destroy(); }, null],
])('%s', async (_case, answer, expected) => {
  expect(await readAccountAlias(proof, await served(answer))).toBe(expected);
  expect(iam?.requests).toMatchObject([{ action: 'ListAccountAliases', accessKeyId: proof.credentials.accessKeyId }]);
});

test('no answer is waited for 1.5 seconds in all', async () => {
  const aws = await served(() => undefined);
  const started = performance.now();
  expect(await readAccountAlias(proof, aws)).toBeNull();
  expect(performance.now() - started).toBeGreaterThan(1_400);
});

test('the plan shows it beside the account', async () => {
  const run = runFor('deploy', []);
  run.interruption.stop();
  const lines: string[] = [];
  const stream = { write: (text: string | Buffer) => lines.push(text.toString()) };
  const session = withAccountAlias({ ...rest, proof, found: { ...found, aws: await served(aliases('acme-prod')) } });
  await showPlan({ ...run, screen: textScreen({ style: run.screen.style, stdout: stream, stderr: stream }) }, session, null, []);
  expect(lines).toContain('  account   123456789012 (acme-prod)\n');
});
