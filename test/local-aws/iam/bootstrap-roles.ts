import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { iamResourceTypes } from '../../../scripts/local-aws/iam/resource-types';
import type { Json, JsonObject, ResourceContext } from '../../../scripts/local-aws/resource';
import type { LocalAws } from '../../../scripts/local-aws/service';

interface Template {
  readonly Parameters: Readonly<Record<string, { readonly Default?: Json }>>;
  readonly Conditions: JsonObject;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Condition?: string; readonly Properties: JsonObject }>>;
}

/** Makes the roles and policies of the very template that the pinned CDK CLI bootstraps with. */
export async function bootstrapRoles(local: LocalAws, region: string): Promise<void> {
  const template = bootstrapTemplate();
  const resolve = resolver(template, local, region);
  for (const type of iamResourceTypes) {
    for (const [logicalId, resource] of Object.entries(template.Resources)) {
      if (resource.Type !== type.name || (resource.Condition !== undefined && resolve({ Condition: resource.Condition }) !== true)) continue;
      const context: ResourceContext = { local, region, stackName: 'CDKToolkit', stackId: 'CDKToolkit', logicalId };
      await type.create(context, resolve(resource.Properties) as JsonObject);
    }
  }
}

function bootstrapTemplate(): Template {
  const cdk = join(__dirname, '../../../node_modules/aws-cdk/bin/cdk');
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: 'true' };
  return JSON.parse(execFileSync(process.execPath, [cdk, 'bootstrap', '--show-template', '--json', '--no-notices'], { env, encoding: 'utf8', cwd: '/', stdio: ['ignore', 'pipe', 'ignore'] })) as Template;
}

/** The intrinsic functions that stand in the roles of that template. */
function resolver(template: Template, local: LocalAws, region: string): (value: Json) => Json {
  const names: Record<string, Json> = { 'AWS::AccountId': local.account, 'AWS::Region': region, 'AWS::Partition': 'aws' };
  for (const [name, { Default: value = '' }] of Object.entries(template.Parameters)) names[name] = value;
  const ref = (name: string): string => {
    const properties = template.Resources[name]?.Properties ?? {};
    // Roles and parameters are called by their names, and the rest does not matter here.
    const value = names[name] ?? resolve(properties['RoleName'] ?? properties['Name'] ?? name);
    return typeof value === 'string' ? value : name;
  };
  const attribute = (name: string): string => {
    if (name === 'StagingBucket.Arn') return `arn:aws:s3:::cdk-hnb659fds-assets-${local.account}-${region}`;
    if (name.endsWith('Role.Arn')) return `arn:aws:iam::${local.account}:role/${ref(name.slice(0, -4))}`;
    return name.includes('.') ? `arn:aws:example:::${name}` : ref(name);
  };
  const functions: Record<string, (value: Json) => Json | undefined> = {
    Ref: (name) => (name === 'AWS::NoValue' ? undefined : ref(name as string)),
    Condition: (name) => resolve(template.Conditions[name as string] ?? null),
    'Fn::Sub': (text) => (text as string).replace(/\$\{([^}]+)\}/g, (_all, name: string) => attribute(name)),
    'Fn::If': (value) => {
      const [condition = '', yes = null, no = null] = value as Json[];
      return visit(resolve({ Condition: condition }) === true ? yes : no);
    },
    'Fn::Equals': (value) => JSON.stringify(resolve((value as Json[])[0] ?? null)) === JSON.stringify(resolve((value as Json[])[1] ?? null)),
    'Fn::Not': (value) => resolve((value as Json[])[0] ?? null) !== true,
    'Fn::And': (value) => (value as Json[]).every((each) => resolve(each) === true),
    'Fn::Join': (value) => resolve((value as Json[])[1] ?? null),
  };
  function visit(value: Json): Json | undefined {
    if (Array.isArray(value)) return value.map((each) => visit(each)).filter((each) => each !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const [name = '', ...more] = Object.keys(value);
    const apply = functions[name];
    // A statement's Condition is a block; an intrinsic's is a name.
    if (apply !== undefined && more.length === 0 && (name.startsWith('Fn::') || typeof value[name] === 'string')) return apply(value[name] ?? null);
    return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => {
      const visited = visit(each);
      return visited === undefined ? [] : [[key, visited]];
    }));
  }
  const resolve = (value: Json): Json => visit(value) ?? null;
  return resolve;
}
