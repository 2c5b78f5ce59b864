import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf, filesBelow, keptByGit, type FoundFile } from './files';
import { watchProcesses, type SeenProcess } from './processes-below';
import type { Observed } from './search';
import type { World } from './world';

/** Where a credential could turn up. */
export const channels = [
  'arguments', 'environment', 'standard output', 'standard error', 'socket', 'cloud assembly', 'context', 'cache',
  'npm logs', 'HOME', 'TMPDIR', 'working tree', 'git', 'diagnostic report', 'heap snapshot', 'descriptors', 'GitHub files', 'terminal',
] as const;

export type Channel = (typeof channels)[number];

export interface Outcome {
  readonly code: number | null;
  readonly observed: readonly Observed[];
  /** What its processes were connected to that is not on this machine (Linux). */
  readonly elsewhere: readonly string[];
  /** Files that are new or were changed: the part of the world and the path in it. */
  readonly changed: readonly string[];
  readonly output: string;
}

interface WorldFile extends FoundFile {
  readonly channel: Channel;
}

const inTree: readonly (readonly [RegExp, Channel])[] = [[/^cdk\.out\//, 'cloud assembly'], [/^cdk\.context\.json$/, 'context'], [/^\.takeoff\//, 'cache'], [/^/, 'working tree']];
const inHome: readonly (readonly [RegExp, Channel])[] = [[/^\.npm\/_logs\//, 'npm logs'], [/^/, 'HOME']];

function sorted(files: readonly FoundFile[], table: readonly (readonly [RegExp, Channel])[]): WorldFile[] {
  return files.map((file) => ({ ...file, channel: table.find(([pattern]) => pattern.test(file.path))?.[1] ?? 'working tree' }));
}

function filesOf({ project, temporary, githubFiles }: World): WorldFile[] {
  return [
    ...sorted(filesBelow(project.directory, (path) => /^(?:node_modules|\.git)$/.test(path)), inTree),
    ...sorted(filesBelow(project.home), inHome),
    ...sorted(filesBelow(temporary), [[/^/, 'TMPDIR']]),
    ...sorted(filesBelow(githubFiles), [[/^/, 'GitHub files']]),
    ...(existsSync(join(project.directory, '.git')) ? sorted(keptByGit(project.directory), [[/^/, 'git']]) : []),
  ];
}

/** What a file says of itself, so that one that stays as it was, an input, is told from one that a run wrote. */
function marks(files: readonly WorldFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ channel, path, bytes }) => [`${channel}: ${path}`, createHash('sha256').update(bytes).digest('hex')]));
}

const dumpChannels: Readonly<Record<string, Channel>> = { arguments: 'arguments', environment: 'environment', report: 'diagnostic report', heap: 'heap snapshot', descriptors: 'descriptors' };

function dumpsOf({ dumps }: World): Observed[] {
  return filesBelow(dumps).map(({ path, bytes }) => ({ channel: dumpChannels[path.split(' ')[0] ?? ''] ?? 'descriptors', place: path, bytes }));
}

/**
 * npm and the wrapper were started with the person's environment, and no one takes it away again: the security model
 * says so. What npm forks is npm still, until it runs something else.
 */
function isStartedByThePerson({ arguments: argv }: SeenProcess, npm: readonly SeenProcess[]): boolean {
  return argv.length === 0 || npm.some((seen) => seen.arguments.equals(argv)) || argv.includes('scripts/launch.mjs');
}

/** What `processes`, of which `root` is npm, hold in their arguments and environments. */
export function processesAsObserved(processes: readonly SeenProcess[], root: number): Observed[] {
  const npm = processes.filter(({ pid }) => pid === root);
  return processes.flatMap((seen) => {
    const place = `${seen.pid} ${seen.arguments.toString('latin1').replaceAll('\0', ' ')}`;
    const argv: Observed = { channel: 'arguments', place, bytes: seen.arguments };
    return isStartedByThePerson(seen, npm) ? [argv] : [argv, { channel: 'environment', place, bytes: seen.environment }];
  });
}

/** Files that a run wrote, those in zips too. */
async function written(world: World, before: ReadonlyMap<string, string>): Promise<{ readonly observed: Observed[]; readonly changed: string[] }> {
  const files = filesOf(world);
  const after = marks(files);
  const isNew = ({ channel, path }: WorldFile): boolean => after.get(`${channel}: ${path}`) !== before.get(`${channel}: ${path}`);
  const changed = files.filter(isNew);
  const unpacked = await Promise.all(changed.filter(({ path }) => path.endsWith('.zip')).map(async (zip) => (await entriesOf(zip)).map((file) => ({ ...file, channel: zip.channel }))));
  return {
    observed: [...changed, ...unpacked.flat()].map(({ channel, path, bytes }) => ({ channel, place: path, bytes })),
    changed: changed.map(({ channel, path }) => `${channel}: ${path}`).toSorted(),
  };
}

/** Observes what happens between two moments: `end` tells what the world has more than before `begin`. */
export function watchFiles(world: World): () => Promise<{ readonly observed: Observed[]; readonly changed: string[] }> {
  const before = marks(filesOf(world));
  return async () => {
    const { observed, changed } = await written(world, before);
    return { observed: [...observed, ...dumpsOf(world)], changed };
  };
}

/** Runs `npm run -s COMMAND -- ARGS` and observes every channel but the sockets and terminals, which belong to servers and people. */
export function observe(world: World, command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return observeProgram(world, 'npm', ['run', '-s', command, '--', ...args], environment);
}

/** The same without npm: for variables that make Node tell of itself, which npm would obey too. */
export function observeWrapper(world: World, command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return observeProgram(world, process.execPath, ['scripts/launch.mjs', command, ...args], environment);
}

async function observeProgram(world: World, file: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Outcome> {
  const end = watchFiles(world);
  const child = spawn(file, args, { cwd: world.project.directory, env: { ...world.environment, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const text: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk: Buffer) => text[name].push(chunk));
  const ended = new Promise<number | null>((done) => { child.once('close', done); });
  const { processes, elsewhere } = process.platform === 'linux' ? await watchProcesses(child.pid ?? 0, ended) : { processes: [], elsewhere: [] };
  const code = await ended;
  const { observed, changed } = await end();
  const stdout = Buffer.concat(text.stdout);
  const stderr = Buffer.concat(text.stderr);
  return {
    code,
    changed,
    elsewhere,
    output: `${stdout.toString()}${stderr.toString()}`,
    observed: [
      ...observed,
      ...processesAsObserved(processes, child.pid ?? 0),
      { channel: 'standard output', place: args.join(' '), bytes: stdout },
      { channel: 'standard error', place: args.join(' '), bytes: stderr },
    ],
  };
}
