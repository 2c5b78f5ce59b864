import { AwsError, constraintBroken, unsupported } from '../aws-error';
import { onlyMembers, optionalString, requiredString } from '../json-request';
import { jsonService, type JsonAction } from '../json-service';
import { tagsProperty } from '../properties';
import type { JsonObject } from '../resource';
import type { LocalAws, LocalRequest, Service } from '../service';
import { deleteParameter, findParameter, parameterArn, putParameter, type Parameter } from './parameters';

/** Parameter Store, as far as CDK and stacks use it. https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export function ssmService(local: LocalAws): Service {
  return jsonService(local, 'ssm', actions);
}

/** By name. */
export const actions: ReadonlyMap<string, JsonAction> = new Map<string, JsonAction>([
  ['GetParameter', getParameter],
  ['GetParameters', getParameters],
  ['PutParameter', put],
  ['DeleteParameter', remove],
]);

function authorize(local: LocalAws, request: LocalRequest, action: string, name: string): void {
  const tags = Object.entries(findParameter(local, request.region, name)?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]);
  request.authorize(`ssm:${action}`, parameterArn(local, request.region, name), Object.fromEntries(tags) as Record<string, string>);
}

function described(local: LocalAws, region: string, parameter: Parameter): object {
  return {
    Name: parameter.name,
    Type: parameter.type,
    Value: parameter.value,
    Version: parameter.version,
    LastModifiedDate: parameter.modified,
    ARN: parameterArn(local, region, parameter.name),
    DataType: 'text',
  };
}

/** A name may be given as its ARN, which does not say whether one of a single level begins with a slash. Selectors (`name:version`) are refused. */
function nameOf(local: LocalAws, { region }: LocalRequest, text: string): string {
  const path = /^arn:aws:ssm:[^:]+:\d{12}:parameter(\/.+)$/.exec(text)?.[1];
  const name = path ?? text;
  if (name.includes(':')) throw unsupported('the selector of an SSM parameter');
  const bare = name.slice(1);
  return path !== undefined && findParameter(local, region, path) === null && findParameter(local, region, bare) !== null ? bare : name;
}

function getParameter(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('ssm:GetParameter', input, ['Name', 'WithDecryption']);
  const name = nameOf(local, request, requiredString(input, 'Name'));
  authorize(local, request, 'GetParameter', name);
  const parameter = findParameter(local, request.region, name);
  // AWS sends no message with it.
  if (parameter === null) throw new AwsError('ParameterNotFound', '');
  return { Parameter: described(local, request.region, parameter) };
}

function getParameters(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('ssm:GetParameters', input, ['Names', 'WithDecryption']);
  const { Names } = input;
  if (Array.isArray(Names) && (Names.length === 0 || Names.length > 10)) {
    throw new AwsError('ValidationException', constraintBroken('names', JSON.stringify(Names), `have length ${Names.length === 0 ? 'greater than or equal to 1' : 'less than or equal to 10'}`));
  }
  if (!Array.isArray(Names)) throw new AwsError('ValidationException', constraintBroken('names', null, 'not be null'));
  const names = Names.flatMap((name) => (typeof name === 'string' ? nameOf(local, request, name) : []));
  for (const name of names) authorize(local, request, 'GetParameters', name);
  // AWS lists them in alphabetical order: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
  const found = names.toSorted().flatMap((name) => findParameter(local, request.region, name) ?? []);
  return {
    Parameters: found.map((parameter) => described(local, request.region, parameter)),
    InvalidParameters: names.filter((name) => findParameter(local, request.region, name) === null),
  };
}

function put(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  // Nothing that is modelled reads a description.
  onlyMembers('ssm:PutParameter', input, ['Name', 'Type', 'Value', 'Overwrite', 'AllowedPattern', 'Tags', 'Description', 'Tier', 'DataType']);
  for (const [member, only] of [['Tier', 'Standard'], ['DataType', 'text']] as const) {
    if (input[member] !== undefined && input[member] !== only) throw unsupported(`${member} ${JSON.stringify(input[member])} of ssm:PutParameter`);
  }
  const name = requiredString(input, 'Name');
  authorize(local, request, 'PutParameter', name);
  const before = findParameter(local, request.region, name);
  const overwrite = input['Overwrite'] === true;
  const type = optionalString(input, 'Type') ?? (overwrite ? before?.type : null) ?? null;
  if (type === 'SecureString') throw unsupported('an SSM parameter of type SecureString');
  if (type !== 'String' && type !== 'StringList') throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
  if (overwrite && input['Tags'] !== undefined) throw new AwsError('ValidationException', "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.");
  const tags = before?.tags ?? tagsProperty(input);
  const { version } = putParameter(local, request.region, { name, type, value: requiredString(input, 'Value'), tags, allowedPattern: optionalString(input, 'AllowedPattern'), overwrite });
  return { Version: version, Tier: 'Standard' };
}

function remove(local: LocalAws, request: LocalRequest, input: JsonObject): object {
  onlyMembers('ssm:DeleteParameter', input, ['Name']);
  const name = requiredString(input, 'Name');
  authorize(local, request, 'DeleteParameter', name);
  if (!deleteParameter(local, request.region, name)) throw new AwsError('ParameterNotFound', '');
  return {};
}
