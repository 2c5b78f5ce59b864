import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, npmRun, startNpm, type Project } from '../end-to-end/project';
import { pairedSeconds, type Command } from './paired';

// `npm run bench`: how long whole commands take, as ratios to what people would do without the wrapper. Nothing here
// passes or fails; the bounds are those that the project holds itself to.

interface Row {
  readonly what: string;
  readonly against: string;
  readonly atMost: number;
  readonly ours: Command;
  readonly other: Command;
  readonly rounds: number;
}

/** The keys with which the served local AWS lets its developer in. */
function developerKeys(project: Project): Readonly<Record<string, string>> {
  const server = JSON.parse(readFileSync(join(project.directory, '.takeoff/local/server.json'), 'utf8')) as { readonly origin: string; readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string } };
  const { accessKeyId, secretAccessKey, sessionToken } = server.credentials;
  return {
    AWS_ENDPOINT_URL: server.origin,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: 'us-west-2',
    NO_PROXY: '127.0.0.1,localhost',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_HOME: join(project.home, '.cdk'),
  };
}

function rows(project: Project, keys: Readonly<Record<string, string>>): Row[] {
  const plain = join(project.home, 'plain');
  cpSync(join(__dirname, 'plain'), plain, { recursive: true });
  symlinkSync(join(project.directory, 'node_modules'), join(plain, 'node_modules'));
  const bare = { cwd: project.directory, env: project.environment };
  const withKeys = { cwd: project.directory, env: { ...project.environment, ...keys } };
  const cdkInit = ['cdk', 'deploy', '--app', 'npx tsc && npx tsx bin/app.ts', '--output', join(project.home, 'cdk.out'), '--require-approval', 'never', '--no-notices'];
  return [
    {
      what: 'npm run -s preflight, keys in the environment', against: 'a script that does one GetCallerIdentity', atMost: 1.5, rounds: 9,
      ours: { file: 'npm', args: ['run', '-s', 'preflight'], ...withKeys, code: 0 },
      other: { file: 'npm', args: ['run', '-s', 'identity'], ...withKeys, cwd: plain, code: 0 },
    },
    {
      what: 'npm run -s preflight, no credentials', against: 'cdk deploy, until it complains', atMost: 1 / 6, rounds: 5,
      ours: { file: 'npm', args: ['run', '-s', 'preflight'], ...bare, code: 3 },
      other: { file: join(project.directory, 'node_modules/.bin/cdk'), args: ['deploy', '--require-approval', 'never'], ...bare, env: { ...project.environment, CDK_DISABLE_CLI_TELEMETRY: 'true', AWS_EC2_METADATA_DISABLED: 'true' }, code: 1 },
    },
    {
      what: 'npm run deploy, nothing changed', against: 'npx cdk deploy, set up as cdk init does', atMost: 0.9, rounds: 5,
      ours: { file: 'npm', args: ['run', '-s', 'deploy', '--', '--yes'], ...withKeys, code: 0 },
      other: { file: 'npx', args: cdkInit, ...withKeys, code: 0 },
    },
  ];
}

async function main(): Promise<void> {
  const project = makeProject();
  const served = startNpm(project, 'local');
  try {
    await served.saw(/Ctrl-C/);
    const first = await npmRun(project, 'deploy', ['--local']);
    if (first.code !== 0) throw new Error(first.output);
    process.stdout.write('| command | seconds | against | seconds | ratio | at most |\n| --- | ---: | --- | ---: | ---: | ---: |\n');
    for (const { what, against, atMost, ours, other, rounds } of rows(project, developerKeys(project))) {
      const paired = pairedSeconds(ours, other, rounds);
      process.stdout.write(`| ${what} | ${paired.ours.toFixed(2)} | ${against} | ${paired.other.toFixed(2)} | ${paired.ratio.toFixed(2)} | ${atMost.toFixed(2)} |\n`);
    }
  } finally {
    served.signal('SIGINT');
    await served.ended;
    project.remove();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
