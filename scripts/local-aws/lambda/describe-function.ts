import type { JsonObject } from '../resource';
import type { FunctionRecord } from './functions';

/**
 * GetFunction's answer. It has no link to the package: that is unpacked, and nothing serves it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
 */
export function describeWhole(record: FunctionRecord): JsonObject {
  return { Configuration: describeFunction(record), Code: { RepositoryType: 'S3' }, ...(isEmpty(record.tags) ? {} : { Tags: record.tags }) };
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
export function describeFunction(record: FunctionRecord): JsonObject {
  return { ...describeListed(record), State: 'Active', LastUpdateStatus: 'Successful' };
}

/** As {@link describeFunction}, without what ListFunctions leaves out: https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
export function describeListed(record: FunctionRecord): JsonObject {
  return {
    FunctionName: record.name,
    FunctionArn: record.arn,
    Runtime: record.runtime,
    Role: record.role,
    Handler: record.handler,
    CodeSize: record.codeSize,
    CodeSha256: Buffer.from(record.code, 'hex').toString('base64'),
    Description: record.description,
    Timeout: record.timeout,
    MemorySize: record.memory,
    LastModified: record.lastModified.replace('Z', '+0000'),
    Version: '$LATEST',
    ...(isEmpty(record.environment) ? {} : { Environment: { Variables: record.environment } }),
    TracingConfig: { Mode: record.tracing ?? 'PassThrough' },
    RevisionId: record.revision,
    PackageType: 'Zip',
    Architectures: [record.architecture],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    // The levels that a function has where it names none.
    LoggingConfig: { LogFormat: record.logFormat, ...(record.logFormat === 'JSON' ? { ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' } : {}), LogGroup: record.logGroup },
  };
}

function isEmpty(map: Readonly<Record<string, string>>): boolean {
  return Object.keys(map).length === 0;
}
