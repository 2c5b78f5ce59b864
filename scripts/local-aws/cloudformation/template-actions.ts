import { queryRequired, queryText } from '../query';
import type { JsonObject } from '../resource';
import type { Action } from './action';
import { neededCapability } from './capabilities';
import { getChangeSet } from './change-set-record';
import { templateText } from './input';
import { isNoEcho } from './parameters';
import { getStack, stackResource } from './records';
import { verifyReferences } from './references';
import { scalarText } from './scalar';
import { parseTemplate, type Template } from './template';

/** Without macros the processed template is the original. */
const getTemplate: Action = (engine, request, parameters) => {
  const changeSet = queryText(parameters, 'ChangeSetName');
  const set = changeSet === undefined ? null : getChangeSet(engine.local, request.region, changeSet, queryText(parameters, 'StackName'));
  const named = set?.stackId ?? queryRequired(parameters, 'StackName');
  request.authorize('cloudformation:GetTemplate', stackResource(engine.local, request.region, named));
  const stack = getStack(engine.local, request.region, named);
  // Under review nothing is deployed yet.
  const deployed = stack.status === 'REVIEW_IN_PROGRESS' ? '' : stack.input.templateBody;
  return { TemplateBody: set?.input.templateBody ?? deployed, StagesAvailable: ['Original', 'Processed'] };
};

const getTemplateSummary: Action = (engine, request, parameters) => {
  const name = queryText(parameters, 'StackName');
  const stack = name === undefined ? null : getStack(engine.local, request.region, name);
  request.authorize('cloudformation:GetTemplateSummary', stack?.stackId ?? '*');
  const template = parseTemplate(stack?.input.templateBody ?? templateText(engine.local, request, parameters));
  const types = [...new Set(Object.values(template.resources).map(({ type }) => type))];
  return {
    Description: template.description ?? undefined,
    Parameters: Object.entries(template.parameters).map(([key, definition]) => ({
      ...declared(key, definition),
      ParameterType: scalarText(definition['Type']) ?? undefined,
      ParameterConstraints: Array.isArray(definition['AllowedValues']) ? { AllowedValues: definition['AllowedValues'].map(scalarText) } : {},
    })),
    ...capabilities(template),
    Metadata: template.metadata === null ? undefined : JSON.stringify(template.metadata),
    Version: template.version ?? undefined,
    ResourceTypes: types,
    ResourceIdentifierSummaries: types.map((type) => ({
      ResourceType: type,
      LogicalResourceIds: Object.entries(template.resources).filter(([, resource]) => resource.type === type).map(([id]) => id),
    })),
  };
};

const validateTemplate: Action = (engine, request, parameters) => {
  request.authorize('cloudformation:ValidateTemplate', '*');
  const template = parseTemplate(templateText(engine.local, request, parameters));
  verifyReferences(template);
  const Parameters = Object.entries(template.parameters).map(([key, definition]) => declared(key, definition));
  return { Description: template.description ?? undefined, Parameters, ...capabilities(template) };
};

export const templateActions: Readonly<Record<string, Action>> = {
  GetTemplate: getTemplate,
  GetTemplateSummary: getTemplateSummary,
  ValidateTemplate: validateTemplate,
};

function capabilities(template: Template) {
  const needed = neededCapability(template);
  if (needed === null) return {};
  return { Capabilities: [needed.capability], CapabilitiesReason: `The following resource(s) require capabilities: [${needed.types.join(', ')}]` };
}

function declared(key: string, definition: JsonObject) {
  return {
    ParameterKey: key,
    DefaultValue: scalarText(definition['Default']) ?? undefined,
    Description: scalarText(definition['Description']) ?? undefined,
    NoEcho: isNoEcho(definition),
  };
}
