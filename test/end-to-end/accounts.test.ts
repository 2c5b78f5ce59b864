import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { startAccounts, type Accounts } from './accounts';
import { bootstrap } from './bootstrapped';
import { assemble, writeApp } from './fixture-app';
import { launch, makeProject, npmRun, program, type Project } from './project';

// A stack of another account, with the keys of a user of this one, before two accounts that each have their own roles, buckets and stacks.

jest.setTimeout(180_000);

const [here, there] = ['123456789012', '111122223333'] as const;

const app = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const stack = new Stack(new App(), 'There', { env: { account: '${there}', region: 'us-west-2' } });
new SsmParameter(stack, 'Parameter', { name: '/fixture/there', type: 'String', value: 'from ' + process.env.CDK_DEFAULT_ACCOUNT });
`;

let project: Project;
let accounts: Accounts;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  [project, accounts] = [makeProject(), await startAccounts(here, there)];
  writeApp(project, app);
  mkdirSync(join(project.home, '.aws'));
  const profiles = Object.entries({ here, there }).map(([name, account]) => {
    const { accessKeyId, secretAccessKey } = keysOf(account);
    return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  });
  writeFileSync(join(project.home, '.aws/credentials'), profiles.join(''), { mode: 0o600 });
  environment = { AWS_ENDPOINT_URL: accounts.origin, AWS_REGION: 'us-west-2', CDK_VALIDATION: 'false' };
  // Not `here`: no stack goes there.
  await bootstrap({ origin: accounts.origin, credentials: keysOf(there) });
});

afterAll(async () => {
  await accounts.close();
  project.remove();
});

function keysOf(account: string): Accounts['users'][string] {
  return accounts.users[account] ?? { accessKeyId: '', secretAccessKey: '' };
}

async function parameterIn(account: string): Promise<string | undefined> {
  const client = new SSMClient({ endpoint: accounts.origin, region: 'us-west-2', credentials: keysOf(account) });
  const { Parameters = [] } = await client.send(new GetParametersCommand({ Names: ['/fixture/there'] }));
  client.destroy();
  return Parameters[0]?.Value;
}

test('stops with the command that lets that account trust this one; once that has run, it is deployed there', async () => {
  const refused = await launch(project, 'deploy', ['--profile', 'here', '--yes', '--json', ...await assemble(project, 'made')], environment);
  const { exitCode, error } = JSON.parse(refused.stdout) as { readonly exitCode: number; readonly error: { readonly code: string; readonly fix: string } };
  expect([exitCode, error.code]).toEqual([5, 'WRONG_ACCOUNT']);
  const command = /^npm run bootstrap .*$/m.exec(error.fix)?.[0] ?? '';
  expect(command).toContain(`--trust ${here}`);

  const trusting = await program(project, 'sh', ['-c', `${command.replace('npm run', 'npm run -s')} --profile there --yes`], environment);
  expect(trusting).toMatchObject({ code: 0 });
  const deployed = await npmRun(project, 'deploy', ['--profile', 'here', '--yes'], environment);
  expect(deployed).toMatchObject({ code: 0 });
  expect([await parameterIn(there), await parameterIn(here)]).toEqual([`from ${here}`, undefined]);
});
