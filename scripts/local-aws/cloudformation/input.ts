import { AwsError, constraintBroken, unsupported } from '../aws-error';
import { decoded } from '../decoded';
import { queryList, queryText, queryTexts, type QueryValue } from '../query';
import { readObject } from '../s3/objects';
import type { LocalAws, LocalRequest } from '../service';
import { senderOf } from './actor';
import { verifyCapabilities } from './capabilities';
import { unrecognized, type Engine } from './engine';
import { parameterValues } from './parameters';
import type { StackInput, StackRecord } from './records';
import { verifyReferences } from './references';
import { serviceRole } from './service-role';
import { readAsActor } from './ssm-values';
import { parseTemplate } from './template';
import { verifyMayRead } from './template-access';

/**
 * What CloudFormation has and we have not. A text refuses that value alone.
 * ImportExistingResources is not here: the CDK CLI sets it to bootstrap, and a resource that exists already fails its creation loudly.
 */
const refused: Readonly<Record<string, string | null>> = {
  StackPolicyBody: null, StackPolicyURL: null, StackPolicyDuringUpdateBody: null, StackPolicyDuringUpdateURL: null, ResourceTypes: null, ResourcesToImport: null, DeploymentMode: null,
  NotificationARNs: null, TimeoutInMinutes: null, 'RollbackConfiguration.RollbackTriggers': null, 'RollbackConfiguration.MonitoringTimeInMinutes': null,
  RetainExceptOnCreate: 'true', 'DeploymentConfig.Mode': 'EXPRESS', DeletionMode: 'FORCE_DELETE_STACK',
};

/** @throws AwsError UnsupportedOperation: nothing that a request asks for is dropped silently */
export function refuseUnsupported(parameters: QueryValue): void {
  for (const [name, value] of Object.entries(refused)) {
    const given = queryText(parameters, name) ?? '';
    if (value === null ? given !== '' || queryList(parameters, name).length > 0 : given === value) throw unsupported(`${name}${value === null ? '' : ` ${value}`} of CloudFormation`);
  }
}

/**
 * What CreateStack, UpdateStack and CreateChangeSet say of a stack.
 *
 * @param current whose template and values UsePreviousTemplate and UsePreviousValue mean
 * @throws AwsError ValidationError for a template or a value that CloudFormation would not take
 */
export function readInput(engine: Engine, request: LocalRequest, parameters: QueryValue, current: StackRecord | null): StackInput {
  refuseUnsupported(parameters);
  const previous = current?.input ?? null;
  const templateBody = queryText(parameters, 'UsePreviousTemplate') === 'true' && previous !== null ? previous.templateBody : templateText(engine.local, request, parameters);
  const template = parseTemplate(templateBody);
  verifyReferences(template);
  const unknown = [...new Set(Object.values(template.resources).map(({ type }) => type).filter((type) => !engine.types.has(type)))];
  if (unknown.length > 0) throw unrecognized(unknown);
  const capabilities = queryTexts(parameters, 'Capabilities');
  verifyCapabilities(template, capabilities);
  const roleArn = serviceRole(engine.local, request, parameters, previous?.roleArn ?? null);
  const caller = senderOf(engine.local, request);
  const values = queryList(parameters, 'Parameters').map((parameter) => ({
    key: queryText(parameter, 'ParameterKey') ?? '',
    value: queryText(parameter, 'ParameterValue') ?? null,
    usePrevious: queryText(parameter, 'UsePreviousValue') === 'true',
  }));
  return {
    templateBody,
    parameters: parameterValues(template, values, previous?.parameters ?? {}, readAsActor(engine.local, request.region, { roleArn, caller })),
    tags: queryText(parameters, 'Tags') === undefined && queryList(parameters, 'Tags').length === 0 ? (previous?.tags ?? []) : tags(parameters),
    capabilities,
    roleArn,
    caller,
  };
}

/** Of a template in the request, and of one in S3: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostBytes = { body: 51_200, object: 1_000_000 };

/** @throws AwsError ValidationError where it is neither given nor found, too large, or not for the caller to read */
export function templateText(local: LocalAws, request: LocalRequest, parameters: QueryValue): string {
  const body = queryText(parameters, 'TemplateBody');
  if (body !== undefined && Buffer.byteLength(body) > mostBytes.body) {
    throw new AwsError('ValidationError', constraintBroken('templateBody', body, `have length less than or equal to ${mostBytes.body}`));
  }
  if (body !== undefined) return body;
  const url = queryText(parameters, 'TemplateURL');
  if (url === undefined) throw new AwsError('ValidationError', 'Either Template URL or Template Body must be specified.');
  const { bucket, key } = objectAt(url);
  verifyMayRead(local, request, bucket, key);
  try {
    const object = readObject(local, bucket, key);
    if (object.length > mostBytes.object) throw new AwsError('ValidationError', `Template may not exceed ${mostBytes.object} bytes in size.`);
    return object.toString('utf8');
  } catch (error) {
    if (error instanceof AwsError && error.code !== 'ValidationError') throw new AwsError('ValidationError', `S3 error: ${error.message}`);
    throw error;
  }
}

function tags(parameters: QueryValue): StackInput['tags'] {
  const given = queryList(parameters, 'Tags').map((tag) => ({ key: queryText(tag, 'Key') ?? '', value: queryText(tag, 'Value') ?? '' }));
  if (given.some(({ key }) => /^aws:/i.test(key))) throw new AwsError('ValidationError', 'aws: prefixed tag key names are not allowed for external use.');
  return given;
}

/** `http://127.0.0.1:4566/bucket/key`, or `https://bucket.s3.us-west-2.amazonaws.com/key`. */
function objectAt(address: string): { readonly bucket: string; readonly key: string } {
  if (!URL.canParse(address)) throw new AwsError('ValidationError', 'TemplateURL must be a supported URL.');
  const url = new URL(address);
  const path = decoded(url.pathname.slice(1));
  if (path === null) throw new AwsError('ValidationError', 'TemplateURL must be a supported URL.');
  const host = /^(.+)\.s3[.-][^.]*\.?amazonaws\.com(?:\.cn)?$/.exec(url.hostname);
  if (host?.[1] !== undefined) return { bucket: host[1], key: path };
  const slash = path.indexOf('/');
  if (slash < 1) throw new AwsError('ValidationError', 'TemplateURL must be a supported URL.');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}
