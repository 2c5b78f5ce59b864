import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../scripts/assembly/read-assembly';
import { cacheDirectory, cdkHome, makeRunFolder } from '../../scripts/cdk/folders';
import { publish } from '../../scripts/cdk/publish';

let directory: string;

function assemblyOf(name: string): ReturnType<typeof readAssembly> {
  const folder = makeRunFolder(directory);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { [name]: { type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.json` } } } }));
  return readAssembly(folder);
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'takeoff-publish-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('publishing', () => {
  test('moves the whole assembly to cdk.out, and what was there away', () => {
    mkdirSync(join(directory, 'cdk.out'));
    writeFileSync(join(directory, 'cdk.out/asset.old'), 'old');
    const published = publish(assemblyOf('New'), directory);
    expect(published.stacks[0]?.templateFile).toBe(join(directory, 'cdk.out/New.json'));
    expect(readdirSync(join(directory, 'cdk.out'))).toEqual(['manifest.json']);
    expect(readdirSync(cacheDirectory(directory))).toEqual([]);
  });

  test('makes cdk.out where there is none', () => {
    expect(publish(assemblyOf('New'), directory).directory).toBe(join(directory, 'cdk.out'));
  });

  test('leaves cdk.out to another CDK that is reading it, and not to one that is gone', () => {
    mkdirSync(join(directory, 'cdk.out'));
    const lock = join(directory, `cdk.out/read.${process.pid}.1.lock`);
    writeFileSync(lock, '');
    const mine = assemblyOf('New');
    expect(publish(mine, directory)).toEqual(mine);
    expect(readdirSync(join(directory, 'cdk.out'))).toEqual([`read.${process.pid}.1.lock`]);
    rmSync(lock);
    writeFileSync(join(directory, 'cdk.out/read.4194305.1.lock'), '');
    expect(publish(mine, directory).directory).toBe(join(directory, 'cdk.out'));
  });

  test('is idempotent', () => {
    const published = publish(assemblyOf('New'), directory);
    expect(publish(published, directory)).toEqual(published);
  });

  test('never moves a folder that the person named', () => {
    const theirs = join(directory, 'theirs');
    mkdirSync(theirs);
    writeFileSync(join(theirs, 'manifest.json'), '{}');
    expect(publish(readAssembly(theirs), directory).directory).toBe(theirs);
    expect(existsSync(join(directory, 'cdk.out'))).toBe(false);
  });

  test('leaves a whole assembly', () => {
    publish(assemblyOf('New'), directory);
    expect(existsSync(join(directory, 'cdk.out/manifest.json'))).toBe(true);
  });
});

describe('run folders', () => {
  test('are new each time, and those of runs that are gone are removed', () => {
    const cache = cacheDirectory(directory);
    mkdirSync(join(cache, 'synth-4194305-00ff'), { recursive: true });
    mkdirSync(join(cache, `synth-${process.ppid}-00ff`));
    mkdirSync(join(cache, 'local-aws'));
    const [a, b] = [makeRunFolder(directory), makeRunFolder(directory)];
    expect(a).not.toBe(b);
    expect(readdirSync(cache).toSorted()).toEqual([a, b].map((folder) => folder.slice(cache.length + 1)).concat('local-aws', `synth-${process.ppid}-00ff`).toSorted());
  });

  test('CDK\'s home is made, for the person alone', () => {
    const home = cdkHome(directory);
    writeFileSync(join(home, 'x'), 'x');
    expect(readFileSync(join(cdkHome(directory), 'x'), 'utf8')).toBe('x');
  });
});
