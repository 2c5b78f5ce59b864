import { join } from 'node:path';
import { functions } from '../../../scripts/local-aws/lambda/functions';
import { invokeFunction } from '../../../scripts/local-aws/lambda/invoke';
import { addFunction, folderAws, type FolderAws } from './folder-aws';

let local: FolderAws;
beforeEach(() => { local = folderAws(); });
afterEach(() => local.close());

async function environment(changes: Parameters<typeof addFunction>[3] = {}): Promise<Record<string, string>> {
  await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => process.env;' }, changes);
  return JSON.parse((await invokeFunction(local, 'us-west-2', 'f', Buffer.from('{}'))).payload.toString()) as Record<string, string>;
}

const runtime = join(process.cwd(), 'scripts/local-aws/lambda/runtime');
const matching = (pattern: RegExp): string => expect.stringMatching(pattern) as string;

// Each variable of https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime that a Node function has, and what the function's calls need to come here.
test('is the one that Lambda documents, with the session of the role', async () => {
  const found = await environment({ environment: { TABLE_NAME: 'notes' } });
  const root = join(local.store.folder, 'lambda/code', functions(local).get('us-west-2/f')?.code ?? '');
  const [key, address] = [found['AWS_ACCESS_KEY_ID'] ?? '', found['AWS_LAMBDA_RUNTIME_API'] ?? ''];
  expect(found).toEqual({
    _HANDLER: 'index.handler',
    _X_AMZN_TRACE_ID: matching(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=0$/),
    AWS_DEFAULT_REGION: 'us-west-2',
    AWS_REGION: 'us-west-2',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
    AWS_LAMBDA_FUNCTION_NAME: 'f',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'Text',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/f',
    AWS_LAMBDA_LOG_STREAM_NAME: matching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][\da-f]{32}$/),
    AWS_ACCESS_KEY: key,
    AWS_ACCESS_KEY_ID: matching(/^ASIA/),
    AWS_SECRET_ACCESS_KEY: matching(/^[\w/+]{40}$/),
    AWS_SESSION_TOKEN: matching(/./),
    AWS_LAMBDA_RUNTIME_API: matching(/^127\.0\.0\.1:\d+$/),
    AWS_LAMBDA_METADATA_API: address,
    AWS_LAMBDA_METADATA_TOKEN: matching(/^[\da-f-]{36}$/),
    LAMBDA_TASK_ROOT: root,
    LAMBDA_RUNTIME_DIR: runtime,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LD_LIBRARY_PATH: `${runtime}:${runtime}/lib:${root}:${root}/lib:/opt/lib`,
    NODE_PATH: `/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:${runtime}/node_modules`,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    AWS_XRAY_DAEMON_ADDRESS: '169.254.100.1:2000',
    AWS_ENDPOINT_URL: local.origin(),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    TABLE_NAME: 'notes',
  });
});

test('is there only where the project is the working folder, and another is named', async () => {
  await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => 1;' });
  const project = process.cwd();
  process.chdir(local.store.folder);
  try {
    await expect(invokeFunction(local, 'us-west-2', 'f', Buffer.from('{}'))).rejects.toThrow(`started in the project's folder: there is no ${join(process.cwd(), 'scripts/local-aws/lambda/runtime/main.mjs')}`);
  } finally {
    process.chdir(project);
  }
});

test("what is not reserved is the function's to set", async () => {
  const own = { LANG: 'C', TZ: 'Europe/Berlin', PATH: '/bin', NODE_PATH: '/a', LD_LIBRARY_PATH: '/b', AWS_XRAY_CONTEXT_MISSING: 'IGNORE_ERROR', AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:9' };
  expect(await environment({ environment: own })).toMatchObject(own);
});
