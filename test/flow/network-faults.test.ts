import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { assumeBootstrapRoleWith } from '../../scripts/checks/assume-bootstrap-role';
import { checkBootstrap } from '../../scripts/checks/bootstrap';
import { keyAge } from '../../scripts/checks/key-age';
import { readVersionWith } from '../../scripts/checks/read-bootstrap-version';
import { readKeyAge } from '../../scripts/checks/read-key-age';
import * as awsClient from '../../scripts/credentials/connection/aws-client';
import { sessionOfBootstrapRole } from '../../scripts/credentials/sessions/bootstrap-role';
import { Failure } from '../../scripts/failures/failure';
import { proveIdentity } from '../../scripts/identity/prove';
import { deployedTemplate } from '../../scripts/plan/deployed-template';
import { useOneError } from '../identity/one-error';
import { runFor, sessionOf } from './run-for-test';

// Each fault of the network and of AWS in each phase that asks AWS something before CDK does. Over the wire, with the SDK's own retries.

useOneError();

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** As in a run, but for a shorter patience: milliseconds. */
jest.mock('../../scripts/credentials/connection/aws-client', () => {
  const actual = jest.requireActual<typeof awsClient>('../../scripts/credentials/connection/aws-client');
  return {
    ...actual,
    clientConfig: async (...args: Parameters<typeof actual.clientConfig>) => {
      const config = await actual.clientConfig(...args);
      return { ...config, requestHandler: { ...config.requestHandler, requestTimeout: 400, socketTimeout: 400 } };
    },
  };
});

/** What is done instead of an answer. */
type Fault = (response: ServerResponse, isJson: boolean) => void;

const refused = (status: number, code: string): Fault => (response, isJson) => {
  const body = isJson ? JSON.stringify({ __type: code, message: 'no' }) : `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
  response.writeHead(status, { 'content-type': isJson ? 'application/x-amz-json-1.1' : 'text/xml' }).end(body);
};
const begun = (response: ServerResponse): void => { response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 900 }).write('<Get'); };

const faults: Readonly<Record<string, Fault>> = {
  'reset': ({ socket }) => { socket?.resetAndDestroy(); },
  'half-closed': ({ socket }) => { socket?.end(); },
  'silent': () => undefined,
  'begun, then silent': begun,
  'begun, then reset': (response) => {
    begun(response);
    setImmediate(() => response.socket?.resetAndDestroy());
  },
  '500': refused(500, 'InternalFailure'),
  '503': refused(503, 'ServiceUnavailable'),
  'throttled': refused(400, 'ThrottlingException'),
  '429': refused(429, 'TooManyRequestsException'),
};

const account = '123456789012';
const credentials = { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: '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' };

const answers: Readonly<Record<string, string>> = {
  GetCallerIdentity: `<Arn>arn:aws:iam::${account}:user/dev</Arn><UserId>AIDA</UserId><Account>${account}</Account>`,
  DescribeStacks: '<Stacks><member><StackName>Notes</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>UPDATE_COMPLETE</StackStatus></member></Stacks>',
  GetTemplate: '<TemplateBody>{}</TemplateBody>',
  ListAccessKeys: `<AccessKeyMetadata><member><AccessKeyId>${credentials.accessKeyId}</AccessKeyId><CreateDate>${new Date().toISOString()}</CreateDate></member></AccessKeyMetadata>`,
};

let servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => { server.close(closed); });
  }
});

/** An AWS that does `fault` to the first `times` requests of each action, and answers the others. */
async function aws(fault: Fault, times: number): Promise<string> {
  const seen = new Map<string, number>();
  const server = createServer((request, response) => {
    const isJson = request.headers['x-amz-target'] !== undefined;
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => {
      const action = new URLSearchParams(text).get('Action') ?? 'GetParameter';
      const before = seen.get(action) ?? 0;
      seen.set(action, before + 1);
      if (before < times) return fault(response, isJson);
      const body = isJson ? '{"Parameter":{"Value":"28"}}' : `<${action}Response><${action}Result>${answers[action]}</${action}Result></${action}Response>`;
      response.writeHead(200, { 'content-type': isJson ? 'application/x-amz-json-1.1' : 'text/xml' }).end(body);
    });
  });
  servers.push(server);
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Outcome {
  readonly proof: string;
  readonly bootstrap: string;
  readonly keyAge: string;
  readonly plan: string;
  /** All that a person would read. */
  readonly said: string;
}

const region = 'us-west-2';

/** All phases against one endpoint, side by side. */
async function outcomeAt(endpoint: string): Promise<Outcome> {
  const variables = { AWS_ENDPOINT_URL: endpoint };
  const run = runFor('deploy', []);
  run.interruption.stop();
  const { found, proof } = sessionOf('environment');
  const proven = { found: { ...found, aws: variables }, proof: { ...proof, credentials }, configuration: run.configuration };
  const readVersion = readVersionWith({ credentials, account, aws: variables, assume: assumeBootstrapRoleWith(credentials, variables, region) });
  const place = { partition: 'aws', account, region };
  const clients = {
    cloudFormation: async () => new CloudFormationClient({ ...await awsClient.clientConfig(variables, 'cloudformation', region), credentials }),
    assumeRole: (roleArn: string) => sessionOfBootstrapRole(roleArn, 'plan', credentials, variables, region),
  };
  const [proved, bootstrap, age, plan] = await Promise.all([
    proveIdentity({ ...proven.found, provider: async () => credentials }, { value: region, source: '--region' }).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    }),
    checkBootstrap({ ...place, readVersion, command: () => 'npm run bootstrap' }, 'hnb659fds'),
    keyAge(() => readKeyAge(credentials, variables, 'aws')).run(proven),
    deployedTemplate({ name: 'Notes', lookupRoleArn: null, deployRoleArn: null }, place, clients),
  ]);
  return {
    proof: proved instanceof Failure ? proved.code : proved.identity.account,
    bootstrap: bootstrap.status === 'fail' ? bootstrap.code : bootstrap.status,
    keyAge: age.status,
    plan: plan.kind,
    said: [proved instanceof Failure ? `${proved.message}\n${proved.fix}` : '', bootstrap.message, bootstrap.fix ?? '', age.message, plan.kind === 'unknown' ? plan.why : ''].join('\n'),
  };
}

/** The age of a key is a hint, and the plan says what it cannot tell. The others stop the run with one code. */
const stopped = (code: string): object => ({ proof: code, bootstrap: code, keyAge: 'skip', plan: 'unknown' });

const blamesKeys = /aws configure|export AWS_ACCESS|secret access key is wrong|made a mistake/;

test.each([
  ['reset', 'NETWORK_UNREACHABLE'], ['half-closed', 'NETWORK_UNREACHABLE'], ['silent', 'NETWORK_UNREACHABLE'], ['begun, then silent', 'NETWORK_UNREACHABLE'],
  ['begun, then reset', 'NETWORK_UNREACHABLE'], ['500', 'AWS_UNAVAILABLE'], ['503', 'AWS_UNAVAILABLE'], ['throttled', 'AWS_UNAVAILABLE'], ['429', 'AWS_UNAVAILABLE'],
])('%s for ever is %s, and nobody is sent to look for keys', async (name, code) => {
  const outcome = await outcomeAt(await aws(faults[name] ?? begun, Number.POSITIVE_INFINITY));
  expect(outcome).toMatchObject(stopped(code));
  expect(outcome.said).not.toMatch(blamesKeys);
});

test('refused connections are NETWORK_UNREACHABLE', async () => {
  const endpoint = await aws(begun, 0);
  await new Promise((closed) => { servers.pop()?.close(closed); });
  const outcome = await outcomeAt(endpoint);
  expect(outcome).toMatchObject(stopped('NETWORK_UNREACHABLE'));
  expect(outcome.said).not.toMatch(blamesKeys);
  expect(outcome.said).toContain('AWS did not answer (ECONNREFUSED) to the question what is deployed');
});

test.each(['reset', 'half-closed', 'silent', '500', '503', 'throttled', '429'])('%s twice heals, and nothing wrong is said', async (name) => {
  const outcome = await outcomeAt(await aws(faults[name] ?? begun, 2));
  expect(outcome).toMatchObject({ proof: account, bootstrap: 'pass', plan: 'deployed' });
  expect(outcome.said).not.toMatch(/retr|again|fault|answered/);
});
