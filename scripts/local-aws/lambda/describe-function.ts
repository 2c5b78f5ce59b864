import type { JsonObject } from '../resource';
import type { FunctionRecord } from './functions';

/**
 * GetFunction's answer. It has no link to the package: that is unpacked, and nothing serves it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
 */
export function describeWhole(record: FunctionRecord): JsonObject {
  return { Configuration: describeFunction(record), Code: { RepositoryType: 'S3' }, Tags: record.tags };
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
export function describeFunction(record: FunctionRecord): JsonObject {
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
    Environment: { Variables: record.environment },
    TracingConfig: { Mode: record.tracing ?? 'PassThrough' },
    RevisionId: record.revision,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [record.architecture],
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: record.logFormat, LogGroup: record.logGroup },
  };
}
