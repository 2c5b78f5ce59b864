import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashAssembly } from '../../scripts/assembly/hash';
import { readAssembly } from '../../scripts/assembly/read-assembly';
import { selectStacks, type Selection } from '../../scripts/assembly/select-stacks';

let directory: string;

function write(path: string, json: unknown): void {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), typeof json === 'string' ? json : JSON.stringify(json));
}

const role = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-hnb659fds-deploy-role-${AWS::AccountId}-${AWS::Region}';

function stack(displayName: string, properties: object = {}, environment = 'aws://unknown-account/unknown-region'): object {
  return { type: 'aws:cloudformation:stack', environment, displayName, properties: { templateFile: `${displayName.replace('/', '')}.template.json`, ...properties } };
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'takeoff-assembly-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('an assembly', () => {
  test('is read with the assemblies nested in it', () => {
    write('manifest.json', {
      version: '48.0.0',
      missing: [{ key: 'availability-zones:account=1', provider: 'availability-zones', props: {} }],
      artifacts: {
        Notes: {
          ...stack('Notes', {
            assumeRoleArn: role, lookupRole: { arn: 'lookup' }, requiresBootstrapStackVersion: 6, bootstrapStackVersionSsmParameter: '/cdk-bootstrap/hnb659fds/version',
          }, 'aws://123456789012/eu-west-1'),
          dependencies: ['DataArtifact', 'Tree', 'missing', 7],
        },
        DataArtifact: stack('Data'),
        'assembly-Prod': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
      },
    });
    write('assembly-Prod/manifest.json', {
      version: '48.0.0',
      missing: [{ key: 'ssm:parameter' }, { key: 'ssm:parameter' }],
      artifacts: { ProdApi: stack('Prod/Api', { stackName: 'Prod-Api' }) },
    });
    const assembly = readAssembly(directory);
    expect(assembly).toEqual({
      directory,
      missing: ['availability-zones:account=1', 'ssm:parameter'],
      assetCommands: [],
      stacks: [
        {
          id: 'Notes', name: 'Notes', account: '123456789012', region: 'eu-west-1', bootstrap: { parameter: '/cdk-bootstrap/hnb659fds/version', version: 6 },
          deployRoleArn: role, lookupRoleArn: 'lookup', templateFile: join(directory, 'Notes.template.json'), nested: false, dependsOn: ['Data'],
        },
        {
          id: 'Data', name: 'DataArtifact', account: null, region: null, bootstrap: null,
          deployRoleArn: null, lookupRoleArn: null, templateFile: join(directory, 'Data.template.json'), nested: false, dependsOn: [],
        },
        {
          id: 'Prod/Api', name: 'Prod-Api', account: null, region: null, bootstrap: null,
          deployRoleArn: null, lookupRoleArn: null, templateFile: join(directory, 'assembly-Prod', 'ProdApi.template.json'), nested: true, dependsOn: [],
        },
      ],
    });
  });

  test('names what CDK would run to make its assets', () => {
    write('manifest.json', { version: '48.0.0', artifacts: { 'N.assets': { type: 'cdk:asset-manifest', properties: { file: 'N.assets.json' } } } });
    write('N.assets.json', {
      version: '48.0.0',
      files: { a: { source: { path: 'asset.a', packaging: 'zip' } }, b: { source: { executable: ['sh', '-c', 'make'] } } },
      dockerImages: { c: { source: { directory: 'asset.c' } }, d: { source: { executable: ['./image.sh'] } } },
    });
    expect(readAssembly(directory).assetCommands).toEqual(['asset executable: sh -c make', 'Docker build: asset.c', 'image executable: ./image.sh']);
  });

  test.each([['no file', null], ['no JSON', '{'], ['no object', '[]']])('with %s for a manifest is a usage error', (_, manifest) => {
    if (manifest !== null) write('manifest.json', manifest);
    expect(() => readAssembly(directory)).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('manifest.json') as string }) as Error);
  });

  test.each([[{}], [{ artifacts: null, missing: 'x' }], [{ artifacts: { a: null, b: [], c: { type: 1 }, d: { type: 'aws:cloudformation:stack' } }, missing: [null, {}] }]])('%j does not crash the reader', (manifest) => {
    write('manifest.json', manifest);
    expect(readAssembly(directory).stacks.length).toBeLessThanOrEqual(1);
  });
});

describe('the hash of an assembly', () => {
  test('changes with every byte, name and mode, and not with CDK\'s locks', async () => {
    write('manifest.json', '{}');
    write('asset.a/index.js', 'one');
    const first = await hashAssembly(directory);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    write('read.123.1.lock', '');
    write('synth.lock', '123');
    expect(await hashAssembly(directory)).toBe(first);
    write('asset.a/index.js', 'two');
    const second = await hashAssembly(directory);
    expect(second).not.toBe(first);
    write('asset.a/index.js', 'one');
    expect(await hashAssembly(directory)).toBe(first);
    write('asset.a/more.lock', '');
    expect(await hashAssembly(directory)).not.toBe(first);
  });
});

describe('the selection of stacks', () => {
  const stacks = ['Notes', 'Api', 'Prod/Api', 'Prod/Data'].map((id) => ({
    id, name: id.replace('/', '-'), account: null, region: null, bootstrap: null, deployRoleArn: null, lookupRoleArn: null, templateFile: '/x',
    nested: id.includes('/'), dependsOn: id === 'Notes' ? ['Api'] : [],
  }));

  function selected(names: readonly string[], selection: Partial<Selection> = {}, among = stacks): string[] {
    const assembly = { directory: '/x', stacks: among, missing: [], assetCommands: [] };
    return selectStacks(assembly, { command: 'deploy', names, all: false, exclusively: true, ...selection }).map(({ id }) => id);
  }

  test.each<[string[], string[]]>([
    [['Notes'], ['Notes']],
    [['Api', 'Notes'], ['Notes', 'Api']],
    [['Prod/*'], ['Prod/Api', 'Prod/Data']],
    [['*'], ['Notes', 'Api']],
    [['**'], ['Notes', 'Api', 'Prod/Api', 'Prod/Data']],
    [['*/A?i'], ['Prod/Api']],
    [['Prod/{Api,Data}'], ['Prod/Api', 'Prod/Data']],
  ])('%j', (names, expected) => {
    expect(selected(names)).toEqual(expected);
  });

  test('takes them all with --all, and the only one without a name', () => {
    expect(selected([], { all: true })).toEqual(['Notes', 'Api']);
    expect(selected([], {}, stacks.slice(1))).toEqual(['Api']);
    expect(selected([], { command: 'diff' })).toEqual(['Notes', 'Api']);
  });

  test('deploys what a stack depends on with it, and destroys what depends on it', () => {
    expect(selected(['Notes'], { exclusively: false })).toEqual(['Notes', 'Api']);
    expect(selected(['Api'], { exclusively: false })).toEqual(['Api']);
    expect(selected(['Api'], { exclusively: false, command: 'destroy' })).toEqual(['Notes', 'Api']);
    expect(selected(['Notes'], { exclusively: false, command: 'destroy' })).toEqual(['Notes']);
  });

  test.each<[string[], RegExp]>([[[], /more than one stack/], [['Note'], /No stack matches Note\. The nearest is Notes\./], [['Zzzzzzzz'], /No stack matches Zzzzzzzz/]])('%j is a usage error', (names, message) => {
    expect(() => selected(names)).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(message) as string }) as Error);
  });
});
