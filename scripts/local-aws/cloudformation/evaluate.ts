import { AwsError } from '../aws-error';
import type { Json } from '../resource';
import type { LocalAws } from '../service';
import { verifyConditionalReferences } from './conditional-references';
import { verifyRules, conditionEvaluator } from './conditions';
import { getExportedValue, getOutputValue } from './exports';
import { dependencyGraph, type Graph } from './graph';
import { referenced } from './parameters';
import { partition, type StackInput, type StackRecord } from './records';
import { pseudoParameters } from './references';
import { noValue, type Resolved, type Scope } from './scope';
import { readAsActor } from './ssm-values';
import { parseTemplate, type Template, type TemplateOutput, type TemplateResource } from './template';
import { formatError } from './template-error';

/** Where the values of resources come from: what exists, or what a change set expects. */
export interface ResourceValues {
  ref(logicalId: string): Json;
  attribute(logicalId: string, name: string): Json;
}

/** A template with its parameters: which resources there are, and who needs whom. */
export interface Evaluated {
  readonly template: Template;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly outputs: Readonly<Record<string, TemplateOutput>>;
  readonly graph: Graph;
  /** Exports that were asked for since it was evaluated. */
  readonly imports: Set<string>;
  scope(values: ResourceValues): Scope;
}

/** The part of a stack that a template can see. */
export type StackIdentity = Pick<StackRecord, 'stackId' | 'stackName' | 'region'>;

/** @throws AwsError ValidationError: a rule, a condition or a circle */
export function evaluate(local: LocalAws, stack: StackIdentity, input: StackInput): Evaluated {
  const template = parseTemplate(input.templateBody);
  const condition = conditionEvaluator(template);
  const imports = new Set<string>();
  const scope = (values: ResourceValues, block: 'Resources' | 'Conditions' = 'Resources'): Scope => {
    const existing = (name: string, read: () => Json): Json => {
      const definition = template.resources[name];
      if (definition === undefined || block === 'Conditions' || !enabled(definition)) throw formatError(`Unresolved resource dependencies [${name}] in the ${block} block of the template`);
      return read();
    };
    return {
      mappings: template.mappings,
      condition: (name) => condition(name, inputs),
      ref: (name) => lookUp(local, stack, input, template, name) ?? existing(name, () => values.ref(name)),
      attribute: (logicalId, name) => existing(logicalId, () => values.attribute(logicalId, name)),
      exported(name) {
        imports.add(name);
        return getExportedValue(local, stack.region, name);
      },
      stackOutput: (stackName, outputName, region) => getOutputValue(local, region ?? stack.region, stackName, outputName),
      ssm(name) {
        const value = readAsActor(local, stack.region, input)(name);
        if (value === null) throw new AwsError('ValidationError', `Parameters: [ssm:${name}] cannot be found.`);
        return value;
      },
    };
  };
  // Rules and conditions see no resources.
  const inputs = scope(noResources, 'Conditions');
  const enabled = (member: { readonly condition: string | null }): boolean => member.condition === null || condition(member.condition, inputs);
  verifyRules(template, inputs);
  const resources = filterValues(template.resources, enabled);
  const outputs = filterValues(template.outputs, enabled);
  verifyConditionalReferences(template, resources, outputs, (name) => condition(name, inputs));
  return { template, resources, outputs, graph: dependencyGraph(resources), imports, scope };
}

/** A pseudo parameter or a parameter. */
function lookUp(local: LocalAws, stack: StackIdentity, input: StackInput, template: Template, name: string): Resolved | undefined {
  if (pseudoParameters.has(name)) return pseudo(local, stack, name);
  const definition = template.parameters[name];
  const parameter = input.parameters[name];
  return definition !== undefined && parameter !== undefined ? referenced(definition, parameter) : undefined;
}

function pseudo(local: LocalAws, stack: StackIdentity, name: string): Resolved {
  const values: Record<string, Resolved> = {
    'AWS::AccountId': local.account,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
    'AWS::Partition': partition(stack.region),
    'AWS::Region': stack.region,
    'AWS::StackId': stack.stackId,
    'AWS::StackName': stack.stackName,
    'AWS::URLSuffix': stack.region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  return values[name] ?? noValue;
}

const noResources: ResourceValues = { ref: () => null, attribute: () => null };

function filterValues<Member>(members: Readonly<Record<string, Member>>, keep: (member: Member) => boolean): Record<string, Member> {
  return Object.fromEntries(Object.entries(members).filter(([, member]) => keep(member)));
}
