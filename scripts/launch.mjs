// What package.json's scripts start: `node scripts/launch.mjs COMMAND '# what it does' …`.
// Plain JavaScript, so that an old Node gets a sentence and not a syntax error. It compiles the command to a folder of
// node_modules/.cache whenever a source is newer, since loading TypeScript at run time costs more than a whole
// preflight. Each command alone: what several share would be cut into many small files, and each of them costs time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const scripts = dirname(fileURLToPath(import.meta.url));
const project = dirname(scripts);
const cache = join(project, 'node_modules', '.cache', 'cdk-takeoff');

const neededByCompiler = new Set(['PATH', 'HOME', 'TMPDIR', 'ESBUILD_BINARY_PATH']);

/** Ends as a command would that ran: for `--json` with the report that its readers know. */
function stop(code, message, fix, exitCode) {
  const asksForJson = process.argv.slice(3).some((argument) => /^(?:--json(?:=true)?|-j)$/.test(argument));
  const report = { ok: false, identity: null, region: null, credentials: null, checks: [], error: { code, message, fix }, exitCode, durationMs: Math.round(performance.now()) };
  if (asksForJson) process.stdout.write(`${JSON.stringify(report)}\n`);
  else process.stderr.write(`${code} ${message}\n${fix}\n`);
  process.exit(exitCode);
}

/** Every TypeScript file below `folder`, sorted. */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return entry.name.endsWith('.ts') ? [path] : [];
    })
    .toSorted();
}

/** A name that changes when a source, the lockfile or this file does. */
function stamp() {
  const hash = createHash('sha256');
  for (const path of [...sources(scripts), join(project, 'package-lock.json'), fileURLToPath(import.meta.url)]) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path.slice(project.length)}\0${mtimeMs}\0${size}\0`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function compile(command, target) {
  const { build, stop: stopEsbuild } = await import('esbuild');
  const version = dirname(target);
  mkdirSync(version, { recursive: true });
  const working = `${target}.${process.pid}`;
  // The compiler is a program of its own, and needs no credential.
  const person = { ...process.env };
  for (const name of Object.keys(person)) if (!neededByCompiler.has(name)) delete process.env[name];
  await build({
    absWorkingDir: project,
    entryPoints: [join(scripts, `${command}.ts`)],
    outdir: working,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    mainFields: ['module', 'main'],
    external: ['aws-cdk', 'aws-cdk-lib', 'esbuild', 'dynalite', '@aws-cdk/cloudformation-diff'],
    banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
    logLevel: 'silent', // whoever waits says it
  });
  await stopEsbuild();
  Object.assign(process.env, person);
  try {
    renameSync(working, target);
  } catch {
    rmSync(working, { recursive: true, force: true }); // another process was first: its result is the same
  }
  removeOld(version);
}

/** Removes what was compiled more than a day ago. Another process may do the same: what it takes away is gone, and no failure. */
function removeOld(current) {
  const dayAgo = Date.now() - 86_400_000;
  for (const name of readdirSync(cache)) {
    const old = join(cache, name);
    try {
      if (old !== current && statSync(old).mtimeMs < dayAgo) rmSync(old, { recursive: true, force: true });
    } catch {
      // as said, or the next compilation removes it
    }
  }
}

/** A source with a mistake in it is none of the disk's. */
function explain({ errors = [], message }) {
  const [first] = errors;
  if (first?.location) {
    const { file, line, column } = first.location;
    stop('INTERNAL', `cdk-takeoff cannot be compiled: ${file}:${line}:${column + 1}: ${first.text}`, `Mend it, or take it back: git checkout -- ${file}`, 1);
  }
  stop('FILE_SYSTEM', `cdk-takeoff cannot be compiled to ${cache}: ${message.split('\n').slice(0, 2).join('\n')}`, 'Look whether there is room, and whether you may write there: df -h . ; ls -ld node_modules', 1);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (process.platform === 'win32') stop('TOOLCHAIN', 'cdk-takeoff runs on Linux, macOS and WSL.', 'On Windows, run it inside WSL: https://learn.microsoft.com/windows/wsl/install', 5);
if (major < 20 || (major === 20 && minor < 19)) stop('TOOLCHAIN', `cdk-takeoff needs Node 20.19 or later, and this is ${process.version}.`, 'Install a newer Node, for example: nvm install', 5);
if (!existsSync(join(project, 'node_modules', 'esbuild'))) stop('TOOLCHAIN', 'The packages that cdk-takeoff needs are not installed.', 'Run: npm ci', 5);

const command = process.argv[2];
if (process.argv[3]?.startsWith('# ')) process.argv.splice(3, 1); // what `npm run` alone says of it: npm puts a person's arguments behind
const compiled = join(cache, stamp(), command);
if (!existsSync(compiled)) {
  try {
    await compile(command, compiled);
  } catch (error) {
    const working = `${compiled}.${process.pid}`;
    if (existsSync(working)) rmSync(working, { recursive: true, force: true });
    explain(error);
  }
}
module.enableCompileCache?.(join(cache, 'v8'));
try {
  await import(pathToFileURL(join(compiled, `${command}.mjs`)).href);
} catch (error) {
  if (!(error instanceof SyntaxError) && error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  rmSync(compiled, { recursive: true, force: true });
  stop('INTERNAL', `cdk-takeoff cannot be started: what was compiled to ${compiled} is damaged (${error.code ?? error.name}).`, 'It was removed: run the same command again, which compiles it anew.', 1);
}
