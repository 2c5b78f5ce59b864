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

/** Gives the project of `world` an app, and a build command, that look for credentials in their own process. */
export function writeSpyingApp(world: World): void {
  const spy = join(world.dumps, '../spy.mjs');
  copyFileSync(join(__dirname, 'spy.mjs'), spy);
  // It is loaded as a module of its own, so that it sees the process before and after the app has done its work.
  writeApp(world.project, `${stack}\nvoid import('${spy}').then(({ spy }) => { spy('${world.dumps}', 'app'); });\n`);
  changeCdkJson(world.project, { build: `node ${spy} ${world.dumps} build` });
  writeFileSync(join(world.project.directory, 'cdk.context.json'), '{}');
}
