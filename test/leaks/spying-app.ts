import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeCdkJson, writeApp } from '../end-to-end/fixture-app';
import type { World } from './world';

const stack = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';
const app = new App();
new SsmParameter(new Stack(app, 'Spied'), 'Value', { name: '/fixture/spied', type: 'String', value: 'x' });
`;

/**
 * A module for NODE_OPTIONS that looks for credentials in CDK itself: `heap cdk synth`. It does so when CDK begins, with all
 * that it was given; at its end its heap takes a quarter of a minute to write down.
 */
export function spyInCdk(world: World): string {
  const [spy, hook] = ['spy.mjs', 'spy-in-cdk.mjs'].map((name) => join(world.dumps, '..', name)) as [string, string];
  copyFileSync(join(__dirname, 'spy.mjs'), spy);
  writeFileSync(hook, `
    const [, program, command] = process.argv;
    if (program?.includes('aws-cdk')) {
      const { spy } = await import('${spy}');
      spy('${world.dumps}', \`cdk \${command}\`);
    }`);
  return hook;
}

/** Gives the project of `world` an app, and a build command, that look for credentials in their own process. */
export function writeSpyingApp(world: World): void {
  const spy = join(world.dumps, '../spy.mjs');
  copyFileSync(join(__dirname, 'spy.mjs'), spy);
  // It is loaded as a module of its own, so that it sees the process before and after the app has done its work.
  writeApp(world.project, `${stack}\nvoid import('${spy}').then(({ spy }) => { spy('${world.dumps}', 'app'); });\n`);
  changeCdkJson(world.project, { build: `node ${spy} ${world.dumps} build` });
  writeFileSync(join(world.project.directory, 'cdk.context.json'), '{}');
}
