import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readToolchain, schemaOfAssembly } from '../../scripts/checks/read-toolchain';
import { isOlder, toolchain, type Toolchain } from '../../scripts/checks/toolchain';

const good: Toolchain = { node: '22.3.0', leastNode: '20.19', cli: { version: '2.1148.1', schema: 55 }, schema: { version: 55, of: 'aws-cdk-lib 2.276.0' } };

test('what fits passes, with its versions', async () => {
  expect(await toolchain.run(good)).toEqual({ id: 'toolchain', status: 'pass', message: 'Node 22.3.0, CDK CLI 2.1148.1', fix: null });
  expect(await toolchain.run({ ...good, schema: { version: 40, of: 'this assembly' } })).toMatchObject({ status: 'pass' });
});

test.each<[string, Partial<Toolchain>, RegExp, RegExp]>([
  ['an old Node', { node: '20.9.0' }, /Node 20\.9\.0.*20\.19/, /nvm install/],
  ['no CLI', { cli: null }, /not installed/, /^npm ci$/],
  ['an old CLI', { schema: { version: 56, of: 'aws-cdk-lib 2.300.0' } }, /2\.1148\.1.*too old for aws-cdk-lib 2\.300\.0.*schema 55.*has 56/, /npm install --save-exact aws-cdk@2/],
])('%s fails, with what to install', async (_case, more, message, fix) => {
  expect(await toolchain.run({ ...good, ...more })).toMatchObject({ status: 'fail', code: 'TOOLCHAIN', message: expect.stringMatching(message) as string, fix: expect.stringMatching(fix) as string });
});

test('a CLI that does not tell its schema is a doubt, and no library nothing to compare', async () => {
  expect(await toolchain.run({ ...good, cli: { version: '9', schema: null } })).toMatchObject({ status: 'warn', message: expect.stringContaining('Cannot tell') as string });
  expect(await toolchain.run({ ...good, schema: null })).toMatchObject({ status: 'skip', message: expect.stringContaining('no aws-cdk-lib') as string });
  expect(await toolchain.run({ ...good, leastNode: null, node: '1.0.0' })).toMatchObject({ status: 'pass' });
});

test.each([['20.9.0', '20.19', true], ['20.19.0', '20.19', false], ['20.19.1', '20.19.0', false], ['9.0.0', '10', true], ['22.0.0', '20.19', false]])('%s older than %s: %p', (version, least, expected) => {
  expect(isOlder(version, least)).toBe(expected);
});

test('of this project the pinned CLI and library are read', () => {
  expect(readToolchain(resolve(__dirname, '../..'))).toEqual({
    node: process.versions.node,
    leastNode: '20.19',
    cli: { version: expect.stringMatching(/^2\.\d+\.\d+$/) as string, schema: expect.any(Number) as number },
    schema: { version: expect.any(Number) as number, of: expect.stringMatching(/^aws-cdk-lib 2\./) as string },
  });
});

describe('another project', () => {
  let folder: string;
  beforeEach(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-toolchain-'))); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  test('with nothing in it tells nothing', () => {
    expect(readToolchain(folder)).toMatchObject({ leastNode: null, cli: null, schema: null });
    expect(schemaOfAssembly(folder)).toBeNull();
  });

  test('with an older CLI, and a newer library', () => {
    write('package.json', '{"engines": {"node": ">=18"}}');
    write('node_modules/aws-cdk/package.json', '{"version": "2.1000.0"}');
    write('node_modules/aws-cdk/lib/index.js', 'x\n"../@aws-cdk/cloud-assembly-schema/schema/version.json"(exports, module) {\n module.exports = {\n schemaHash: "x",\n revision: 40\n};}');
    write('node_modules/aws-cdk-lib/package.json', '{"version": "2.276.0"}');
    write('node_modules/@aws-cdk/cloud-assembly-schema/package.json', '{}');
    write('node_modules/@aws-cdk/cloud-assembly-schema/schema/version.json', '{"revision": 55}');
    expect(readToolchain(folder)).toMatchObject({ leastNode: '18', cli: { version: '2.1000.0', schema: 40 }, schema: { version: 55, of: 'aws-cdk-lib 2.276.0' } });
  });

  test('with a CLI that is built in another way', () => {
    write('node_modules/aws-cdk/package.json', '{"version": "3.0.0"}');
    expect(readToolchain(folder).cli).toEqual({ version: '3.0.0', schema: null });
  });

  test.each([['{"version": "48.0.0"}', 48], ['{"version": "x"}', null], ['[]', null], ['', null]])('an assembly with the manifest %j has the schema %p', (text, version) => {
    write('manifest.json', text);
    expect(schemaOfAssembly(folder)?.version ?? null).toBe(version);
  });
});
