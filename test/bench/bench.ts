import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, mustRun, startNpm, type Project } from '../end-to-end/project';
import { growthTable } from './growth';
import { pairedSeconds, type Command } from './paired';
import { writeNumbers } from './readme-numbers';
import { throughputs } from './throughput';

// `npm run bench`: how fast bytes are searched, as ratios to their SHA-256, and how long whole commands take, as ratios
// to what people would do without the wrapper. Nothing here passes or fails; the bounds are those that the project holds
// itself to.

interface Row {
  readonly what: string;
  readonly against: string;
  readonly atMost: number;
  readonly ours: Command;
  readonly other: Command;
  readonly rounds: number;
}

interface Server {
  readonly pid: number;
  readonly origin: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };
}

function readServer(project: Project): Server {
  return JSON.parse(readFileSync(join(project.directory, '.takeoff/local/server.json'), 'utf8')) as Server;
}

/** The keys with which the served local AWS lets its developer in. */
function developerKeys(project: Project): Readonly<Record<string, string>> {
  const server = readServer(project);
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

/** A HOME whose profile `dev` has those keys; the environment names the profile and the AWS. */
function withProfile(project: Project, { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '', ...others }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const home = join(project.home, 'with-profile');
  mkdirSync(join(home, '.aws'), { recursive: true });
  writeFileSync(join(home, '.aws/credentials'), `[dev]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}\naws_session_token = ${AWS_SESSION_TOKEN}\n`);
  return { ...project.environment, ...others, HOME: home, AWS_PROFILE: 'dev' };
}

/** A HOME with a thousand profiles that share a login. */
function homeOfThousand(project: Project): string {
  const home = join(project.home, 'thousand');
  const profiles = Array.from({ length: 1000 }, (_, index) => `[profile team-${index}]\nsso_session = corp\nsso_account_id = ${100_000_000_000 + index}\nsso_role_name = Developer\nregion = us-west-2\n`);
  mkdirSync(join(home, '.aws'), { recursive: true });
  writeFileSync(join(home, '.aws/config'), `${profiles.join('')}[sso-session corp]\nsso_start_url = https://a.example\nsso_region = us-west-2\n`);
  return home;
}

/** Nothing serves, and nothing is deployed. */
function localRows(project: Project): Row[] {
  const cdk = join(project.directory, 'node_modules/.bin/cdk');
  const bare = { cwd: project.directory, env: { ...project.environment, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: 'true' } };
  return [
    {
      what: 'npm run local, until it serves', against: 'the start of the CDK CLI (cdk --version)', atMost: 0.3, rounds: 9,
      ours: { file: 'npm', args: ['run', '-s', 'local'], ...bare, code: 130, until: /Ctrl-C/ },
      other: { file: cdk, args: ['--version'], ...bare, code: 0 },
    },
    {
      what: 'the first npm run deploy -- --local, bootstrap included', against: 'cdk synth of the same app', atMost: 2.5, rounds: 5,
      ours: { file: 'npm', args: ['run', '-s', 'deploy', '--', '--local'], ...bare, code: 0, before: { file: 'npm', args: ['run', '-s', 'local', '--', '--wipe'], ...bare, code: 0 } },
      other: { file: cdk, args: ['synth', '--quiet', '--no-notices', '--output', join(project.home, 'synthesized')], ...bare, code: 0 },
    },
  ];
}

/** Something serves, and the sample is deployed to it. */
function servedRows(project: Project, keys: Readonly<Record<string, string>>): Row[] {
  const plain = join(project.home, 'plain');
  cpSync(join(__dirname, 'plain'), plain, { recursive: true });
  symlinkSync(join(project.directory, 'node_modules'), join(plain, 'node_modules'));
  const bare = { cwd: project.directory, env: project.environment };
  const withKeys = { cwd: project.directory, env: { ...project.environment, ...keys } };
  const profile = { cwd: project.directory, env: withProfile(project, keys) };
  const gone: Command = { file: join(project.directory, 'node_modules/.bin/cdk'), args: ['destroy', '--force', '--app', 'cdk.out', '--no-notices'], ...withKeys, code: 0 };
  const cdkInit = ['cdk', 'deploy', '--app', 'npx tsc && npx tsx bin/app.ts', '--output', join(project.home, 'cdk.out'), '--require-approval', 'never', '--no-notices'];
  return [
    {
      what: 'npm run -s preflight, keys in the environment', against: 'a script that does one GetCallerIdentity', atMost: 1.3, rounds: 15,
      ours: { file: 'npm', args: ['run', '-s', 'preflight'], ...withKeys, code: 0 },
      other: { file: 'npm', args: ['run', '-s', 'identity'], ...withKeys, cwd: plain, code: 0 },
    },
    {
      what: 'npm run -s preflight, a profile', against: 'the same script with the profile', atMost: 1.4, rounds: 15,
      ours: { file: 'npm', args: ['run', '-s', 'preflight'], ...profile, code: 0 },
      other: { file: 'npm', args: ['run', '-s', 'identity'], ...profile, cwd: plain, code: 0 },
    },
    {
      what: 'npm run -s preflight, no credentials', against: 'cdk deploy, until it complains', atMost: 1 / 8, rounds: 5,
      ours: { file: 'npm', args: ['run', '-s', 'preflight'], ...bare, code: 3 },
      other: { file: join(project.directory, 'node_modules/.bin/cdk'), args: ['deploy', '--require-approval', 'never'], ...bare, env: { ...project.environment, CDK_DISABLE_CLI_TELEMETRY: 'true', AWS_EC2_METADATA_DISABLED: 'true' }, code: 1 },
    },
    {
      what: 'npm run -s preflight -- --list-profiles, 1,000 profiles', against: 'npm run -s preflight -- --help', atMost: 1.5, rounds: 9,
      ours: { file: 'npm', args: ['run', '-s', 'preflight', '--', '--list-profiles'], ...bare, env: { ...project.environment, HOME: homeOfThousand(project) }, code: 0 },
      other: { file: 'npm', args: ['run', '-s', 'preflight', '--', '--help'], ...bare, code: 0 },
    },
    {
      what: 'npm run deploy, nothing changed', against: 'npx cdk deploy, set up as cdk init does', atMost: 0.8, rounds: 7,
      ours: { file: 'npm', args: ['run', '-s', 'deploy', '--', '--yes'], ...withKeys, code: 0 },
      other: { file: 'npx', args: cdkInit, ...withKeys, code: 0 },
    },
    {
      what: 'npm run deploy, for the first time', against: 'npx cdk deploy, set up as cdk init does', atMost: 0.9, rounds: 5,
      ours: { file: 'npm', args: ['run', '-s', 'deploy', '--', '--yes'], ...withKeys, code: 0, before: gone },
      other: { file: 'npx', args: cdkInit, ...withKeys, code: 0, before: gone },
    },
  ];
}

/** Prints a table line by line, as it comes about. @returns it whole */
async function print(head: string, lines: AsyncIterable<string>): Promise<string> {
  const table = [head];
  process.stdout.write(`${head}\n`);
  for await (const line of lines) {
    table.push(line);
    process.stdout.write(`${line}\n`);
  }
  process.stdout.write('\n');
  return table.join('\n');
}

async function* timed(rows: readonly Row[]): AsyncGenerator<string> {
  for (const { what, against, atMost, ours, other, rounds } of rows) {
    const paired = await pairedSeconds(ours, other, rounds);
    yield `| ${what} | ${paired.ours.toFixed(2)} | ${against} | ${paired.other.toFixed(2)} | ${paired.ratio.toFixed(2)} | ${atMost.toFixed(2)} |`;
  }
}

/** Of a process alone, without the functions that it runs: megabytes. */
function memoryOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

const head = '| command | seconds | against | seconds | ratio | at most |\n| --- | ---: | --- | ---: | ---: | ---: |';
const growthHead = '| what grows | seconds at a quarter | at a half | at the whole | most for a doubling | at most | MB at most |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |';

async function* whole(project: Project): AsyncGenerator<string> {
  yield* timed(localRows(project));
  await mustRun(project, 'local', ['--wipe']);
  const running = startNpm(project, 'local');
  try {
    await running.saw(/Ctrl-C/);
    await mustRun(project, 'deploy', ['--local']);
    const memory = memoryOf(readServer(project).pid);
    yield* timed(servedRows(project, developerKeys(project)));
    process.stderr.write(`Memory of npm run local after the first deploy, without its functions: ${memory.toFixed(0)} MB, at most 200 MB\n`);
  } finally {
    running.signal('SIGINT');
    await running.ended;
  }
}

/** What grows is measured against a local AWS that serves and has its bootstrap. */
async function* growing(project: Project): AsyncGenerator<string> {
  const running = startNpm(project, 'local');
  try {
    await running.saw(/Ctrl-C/);
    yield* growthTable(project, { ...project.environment, ...developerKeys(project) });
  } finally {
    running.signal('SIGINT');
    await running.ended;
  }
}

async function* bytes(): AsyncGenerator<string> {
  for (const { what, ours, atLeast, sha256 } of await throughputs()) yield `| ${what} | ${ours.toFixed(0)} | ${atLeast} | ${sha256.toFixed(0)} | ${(ours / sha256).toFixed(2)} |`;
}

async function main(): Promise<void> {
  const project = makeProject({ validates: true });
  try {
    await print('| bytes | MB/s | at least | SHA-256 of them | ratio |\n| --- | ---: | ---: | ---: | ---: |', bytes());
    const commands = await print(head, whole(project));
    const growth = await print(growthHead, growing(project));
    if (process.env['TAKEOFF_WRITE'] === '1') writeNumbers(`${commands}\n\n${growth}`);
  } finally {
    project.remove();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
