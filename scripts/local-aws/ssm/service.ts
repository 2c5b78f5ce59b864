import { AwsError, unsupported } from '../aws-error';
import { jsonAnswer, jsonText, jsonTexts, parseJsonCall, requiredJsonText } from '../json-body';
import type { JsonObject } from '../resource';
import type { LocalAws, LocalRequest, Service } from '../service';
import { findParameter, parameterArn, parameterKey, parameters, type ParameterRecord } from './parameters';
import { putParameter } from './put-parameter';

type Action = (local: LocalAws, request: LocalRequest, input: JsonObject) => JsonObject;

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['GetParameter', getParameter],
  ['GetParameters', getParameters],
  ['PutParameter', put],
  ['DeleteParameter', remove],
]);

/** SSM's Parameter Store: https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export function ssmService(local: LocalAws): Service {
  return {
    signingName: 'ssm',
    protocol: 'json-1.1',
    async handle(request) {
      const { action, input } = parseJsonCall(request);
      const act = actions.get(action);
      if (act === undefined) throw unsupported(`ssm:${action}`);
      return jsonAnswer(act(local, request, input));
    },
  };
}

function getParameter(local: LocalAws, request: LocalRequest, input: JsonObject): JsonObject {
  const name = nameOf(requiredJsonText(input, 'Name'));
  request.authorize('ssm:GetParameter', parameterArn(local, request.region, name));
  const record = findParameter(local, request.region, name);
  if (record === null) throw new AwsError('ParameterNotFound', '');
  return { Parameter: shown(local, request.region, record) };
}

function getParameters(local: LocalAws, request: LocalRequest, input: JsonObject): JsonObject {
  const names = jsonTexts(input, 'Names').map(nameOf);
  if (names.length === 0 || names.length > 10) {
    throw new AwsError('ValidationException', `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10`);
  }
  for (const name of names) request.authorize('ssm:GetParameters', parameterArn(local, request.region, name));
  const found = names.map((name) => findParameter(local, request.region, name)).filter((record) => record !== null);
  return {
    Parameters: found.map((record) => shown(local, request.region, record)),
    InvalidParameters: names.filter((name) => !found.some((record) => record.name === name)),
  };
}

function put(local: LocalAws, request: LocalRequest, input: JsonObject): JsonObject {
  const known = new Set(['Name', 'Value', 'Type', 'Description', 'AllowedPattern', 'Overwrite', 'Tier', 'DataType']);
  const unknown = Object.keys(input).find((name) => !known.has(name));
  if (unknown !== undefined) throw unsupported(`the parameter ${unknown} of ssm:PutParameter`);
  if ((jsonText(input, 'Tier') ?? 'Standard') !== 'Standard' || (jsonText(input, 'DataType') ?? 'text') !== 'text') {
    throw unsupported('parameters of another tier than Standard or another data type than text');
  }
  const name = requiredJsonText(input, 'Name');
  request.authorize('ssm:PutParameter', parameterArn(local, request.region, name));
  const type = jsonText(input, 'Type') ?? findParameter(local, request.region, name)?.type;
  if (type === undefined) throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
  const { version } = putParameter(local, request.region, {
    name,
    type,
    value: requiredJsonText(input, 'Value'),
    description: jsonText(input, 'Description'),
    allowedPattern: jsonText(input, 'AllowedPattern'),
    overwrite: input['Overwrite'] === true,
  });
  return { Version: version, Tier: 'Standard' };
}

function remove(local: LocalAws, request: LocalRequest, input: JsonObject): JsonObject {
  const name = requiredJsonText(input, 'Name');
  request.authorize('ssm:DeleteParameter', parameterArn(local, request.region, name));
  if (!parameters(local).delete(parameterKey(request.region, name))) throw new AwsError('ParameterNotFound', '');
  return {};
}

/** A parameter may be asked for by its ARN; versions and labels (`name:1`) are not kept. */
function nameOf(text: string): string {
  const name = /^arn:aws:ssm:[^:]*:\d*:parameter(\/.+)$/.exec(text)?.[1] ?? text;
  if (name.includes(':')) throw unsupported('versions and labels of parameters');
  return name;
}

function shown(local: LocalAws, region: string, record: ParameterRecord): JsonObject {
  return {
    ARN: parameterArn(local, region, record.name),
    DataType: 'text',
    LastModifiedDate: Date.parse(record.modified) / 1000,
    Name: record.name,
    Type: record.type,
    Value: record.value,
    Version: record.version,
  };
}
