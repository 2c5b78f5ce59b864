import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../end-to-end/project';
import { medianOf, seconds, type Command } from './paired';

// What a command costs while something grows: at a quarter, at a half, and at the whole of what it is held to.

type Environment = Readonly<Record<string, string>>;

interface Grown {
  readonly what: string;
  readonly whole: number;
  /** Makes so many of them, and says what is timed then. */
  make(count: number): Omit<Command, 'file' | 'cwd' | 'env'> & { readonly env?: Environment; readonly cwd?: string };
}

const atMost = 2.1;
const megabytes = 300;
const rounds = 3;

/** Has Node write the most memory that the process held, in kilobytes, where TAKEOFF_BENCH_MEMORY says. Its children do not get it. */
const memoryProbe = "const { writeFileSync } = require('node:fs');\nconst path = process.env.TAKEOFF_BENCH_MEMORY;\nprocess.on('exit', () => writeFileSync(path, String(process.resourceUsage().maxRSS)));\n";

function profiles(project: Project): Grown {
  return {
    what: 'profiles: `preflight -- --list-profiles`', whole: 1000,
    make(count) {
      const home = join(project.home, `profiles-${count}`);
      mkdirSync(join(home, '.aws'), { recursive: true });
      const texts = Array.from({ length: count }, (_, index) => `[profile team-${index}]\nsso_session = corp\nsso_account_id = ${100_000_000_000 + index}\nsso_role_name = Developer\nregion = us-west-2\n`);
      writeFileSync(join(home, '.aws/config'), `${texts.join('')}[sso-session corp]\nsso_start_url = https://a.example\nsso_region = us-west-2\n`);
      return { args: ['preflight', '--list-profiles'], code: 0, env: { HOME: home } };
    },
  };
}

/** Two kilobytes each, none of them searched before. */
function trackedFiles(project: Project): Grown {
  const text = readFileSync(join(project.directory, 'package-lock.json'), 'utf8').slice(0, 2000);
  const folder = join(project.directory, 'grown');
  return {
    what: 'files that git tracks: `preflight`, the first time', whole: 20_000,
    make(count) {
      rmSync(folder, { recursive: true, force: true });
      for (let index = 0; index < count; index += 1) {
        if (index % 100 === 0) mkdirSync(join(folder, String(index / 100)), { recursive: true });
        writeFileSync(join(folder, String(Math.floor(index / 100)), `${index}.txt`), `${index}\n${text}`);
      }
      execFileSync('git', ['add', '.'], { cwd: project.directory, env: { ...project.environment } });
      return { args: ['preflight'], code: 0, before: { file: 'rm', args: ['-f', '.takeoff/source-secrets.txt'], cwd: project.directory, env: project.environment, code: 0 } };
    },
  };
}

/** A sparse file beside the assembly's others: it is read to its end like any. */
function assets(project: Project, assembly: string): Grown {
  return {
    what: 'megabytes of assets: `preflight -- --assembly`', whole: 500,
    make(count) {
      const copy = join(project.home, `assets-${count}`);
      cpSync(assembly, copy, { recursive: true });
      mkdirSync(join(copy, 'asset.large'));
      writeFileSync(join(copy, 'asset.large/data'), '');
      truncateSync(join(copy, 'asset.large/data'), count * 1_000_000);
      return { args: ['preflight', '--assembly', copy], code: 0 };
    },
  };
}

/** Of one resource each. The plan asks AWS what is deployed of every one, and nobody confirms it. */
function stacks(project: Project): Grown {
  const app = join(project.directory, 'many-stacks.mjs');
  writeFileSync(app, `import { App, Stack } from 'aws-cdk-lib/core';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
const app = new App();
for (let index = 0; index < Number(process.argv[2]); index += 1) new StringParameter(new Stack(app, 'Many' + index), 'Parameter', { stringValue: 'x' });
`);
  return {
    what: 'stacks: `deploy -- --assembly`, until nobody confirms', whole: 50,
    make(count) {
      const assembly = join(project.home, `stacks-${count}`);
      execFileSync(join(project.directory, 'node_modules/.bin/cdk'), ['synth', '--quiet', '--no-notices', '--app', `node many-stacks.mjs ${count}`, '--output', assembly], { cwd: project.directory, env: { ...project.environment, CDK_DISABLE_CLI_TELEMETRY: 'true' }, stdio: 'ignore' });
      return { args: ['deploy', '--all', '--assembly', assembly], code: 7 };
    },
  };
}

async function measure(project: Project, environment: Environment, grown: Grown, count: number): Promise<{ readonly median: number; readonly memory: number }> {
  const { args, env = {}, ...rest } = grown.make(count);
  const probe = join(project.home, 'memory.cjs');
  const result = join(project.home, 'memory.txt');
  writeFileSync(probe, memoryProbe);
  const command = { file: process.execPath, args: ['--require', probe, 'scripts/launch.mjs', ...args], cwd: project.directory, ...rest, env: { ...environment, ...env, TAKEOFF_BENCH_MEMORY: result } };
  await seconds(command); // compiles
  const [times, memories]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    times.push(await seconds(command));
    memories.push(Number(readFileSync(result, 'utf8')) / 1024);
  }
  return { median: medianOf(times), memory: Math.max(...memories) };
}

/**
 * The lines of the table: what grows, the medians, and the largest factor that a doubling cost.
 *
 * @param environment with keys that a local AWS takes, which is bootstrapped
 */
export async function* growthTable(project: Project, environment: Environment): AsyncGenerator<string> {
  const assembly = join(project.home, 'sample');
  cpSync(join(project.directory, 'cdk.out'), assembly, { recursive: true });
  for (const grown of [profiles(project), assets(project, assembly), stacks(project), trackedFiles(project)]) {
    const measured: { readonly median: number; readonly memory: number }[] = [];
    for (const share of [4, 2, 1]) measured.push(await measure(project, environment, grown, Math.round(grown.whole / share)));
    const factors = measured.slice(1).map(({ median }, index) => median / (measured[index]?.median ?? median));
    yield `| ${grown.whole.toLocaleString('en')} ${grown.what} | ${measured.map(({ median }) => median.toFixed(2)).join(' | ')} | ${Math.max(...factors).toFixed(2)} | ${atMost.toFixed(2)} | ${Math.max(...measured.map(({ memory }) => memory)).toFixed(0)} of ${megabytes} |`;
  }
}
