import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Authority } from '../../scripts/cdk/beside-credentials';
import { lookUp } from '../../scripts/cdk/lookups';

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-lookups-')));
  cpSync(resolve(__dirname, '../../scripts/cdk/loaded'), join(directory, 'scripts/cdk/loaded'), { recursive: true });
});
afterEach(() => { rmSync(directory, { recursive: true, force: true }); });

/** A CDK CLI that does `code`. */
function writeCdk(code: string): void {
  const folder = join(directory, 'node_modules/aws-cdk');
  for (const name of ['lib', 'bin']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "aws-cdk", "bin": { "cdk": "bin/cdk" } }');
  writeFileSync(join(folder, 'lib/index.js'), '');
  writeFileSync(join(folder, 'bin/cdk'), code);
}

const provider: Authority['provider'] = () => Promise.resolve({ accessKeyId: 'test', secretAccessKey: 'test' });

function lookingUp(): Promise<string[]> {
  const authority = { provider, account: '123456789012', region: 'us-west-2', aws: {} };
  return lookUp({ projectDirectory: directory, person: { PATH: process.env['PATH'] }, assembly: directory, authority, allowAssetCommands: false });
}

test('a CDK that is killed while it looks up is no CDK that found all', async () => {
  writeCdk("process.kill(process.pid, 'SIGKILL')");
  await expect(lookingUp()).rejects.toMatchObject({ code: 'CDK_FAILED', message: 'cdk synth was killed by SIGKILL. It was to look up what the app needs.' });
});

test('what CDK could not find is told once each, whatever its code', async () => {
  writeCdk(String.raw`for (const why of ['no \\"vpc\\"', 'no zone', 'no zone']) console.error('Setting "k" context to {"$providerError":"' + why + '"}'); process.exitCode = 1;`);
  expect(await lookingUp()).toEqual(['no "vpc"', 'no zone']);
});
