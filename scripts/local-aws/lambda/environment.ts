import { devNull } from 'node:os';
import { dirname } from 'node:path';
import type { LocalAws } from '../service';
import type { Session } from '../sts/sessions';
import { codeFolder } from './code';
import type { FunctionRecord } from './functions';
import type { RuntimeApi } from './runtime-api';
import { runtimePath } from './runtime-path';

/**
 * The whole environment of a function's process: what Lambda documents, the function's own variables, and where its
 * calls go. `_X_AMZN_TRACE_ID` comes with each invocation.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function functionEnvironment(local: LocalAws, record: FunctionRecord, session: Session, logStream: string, api: Pick<RuntimeApi, 'address' | 'metadataToken'>): Record<string, string> {
  const [root, runtime] = [codeFolder(local, record.code), dirname(runtimePath())];
  return {
    ...unreserved(record, root, runtime),
    ...record.environment,
    _HANDLER: record.handler,
    AWS_REGION: record.region,
    AWS_DEFAULT_REGION: record.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${record.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: record.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(record.memory),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: record.logFormat,
    ...(record.logFormat === 'JSON' ? { AWS_LAMBDA_LOG_LEVEL: 'INFO' } : {}),
    AWS_LAMBDA_LOG_GROUP_NAME: record.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_RUNTIME_API: api.address,
    AWS_LAMBDA_METADATA_API: api.address,
    AWS_LAMBDA_METADATA_TOKEN: api.metadataToken,
    LAMBDA_TASK_ROOT: root,
    LAMBDA_RUNTIME_DIR: runtime,
    AWS_ACCESS_KEY: session.accessKeyId,
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
    ...whereCallsGo(local),
  };
}

/** What a function's own variables may replace. */
function unreserved({ runtime: name }: FunctionRecord, root: string, runtime: string): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    // Without Lambda's folders of the system: this machine's Node takes its libraries from where they are here.
    LD_LIBRARY_PATH: `${runtime}:${runtime}/lib:${root}:${root}/lib:/opt/lib`,
    NODE_PATH: `/opt/nodejs/${name.replace(/^nodejs(\d+).*$/, 'node$1')}/node_modules:/opt/nodejs/node_modules:${runtime}/node_modules`,
    // Nothing listens there: no invocation is sampled.
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1:2000',
  };
}

/** To the local AWS and nowhere else. */
function whereCallsGo(local: LocalAws): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: local.origin(),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    // The Node of this machine may be older than the function's runtime, of which the SDK would warn in its log.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
