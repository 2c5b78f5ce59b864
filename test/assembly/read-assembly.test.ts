import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../scripts/assembly/read-assembly';

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
