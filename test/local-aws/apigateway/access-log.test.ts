import { createLogGroup } from '../../../scripts/local-aws/logs/log-groups';
import { readEvents } from '../../../scripts/local-aws/logs/log-file';
import type { Caller } from '../../../scripts/local-aws/service';
import { folderAws, type FolderAws } from '../lambda/folder-aws';
import { deployApi, type ApiInit, type TestApi } from './test-api';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html

const group = '/aws/vendedlogs/access';
const names = [
  'accountId', 'apiId', 'domainName', 'error.message', 'error.messageString', 'httpMethod', 'identity.accountId', 'identity.caller', 'identity.sourceIp', 'identity.userAgent', 'identity.userArn',
  'integration.error', 'integration.integrationStatus', 'integration.status', 'integrationErrorMessage', 'integrationStatus', 'path', 'protocol', 'responseLength', 'routeKey', 'stage', 'status', 'nothing',
];
const format = names.map((name) => `${name}=$context.${name}`).join('|');
let local: FolderAws;
beforeEach(() => {
  local = folderAws();
  createLogGroup(local, 'us-west-2', group);
});
afterEach(() => local.close());

function deploy(code: string, init: ApiInit = {}, line = format): Promise<TestApi> {
  const DestinationArn = `arn:aws:logs:us-west-2:${local.account}:log-group:${group}:*`;
  return deployApi(local, code, { ...init, accessLog: { DestinationArn, Format: line } });
}

const lines = (): readonly string[] => readEvents(local, 'us-west-2', group).map(({ message }) => message);
function last(): Record<string, string | undefined> {
  return Object.fromEntries((lines().at(-1) ?? '').split('|').map((pair) => pair.split('=')));
}

test('an answered call', async () => {
  const api = await deploy('exports.handler = async () => ({ statusCode: 201, body: "äb" });', { authorization: 'AWS_IAM' });
  const caller: Caller = { account: local.account, arn: 'arn:aws:sts::123456789012:assumed-role/dev/me', userId: 'AROAX:me', accessKeyId: 'ASIAX' };
  await api.call('GET', '/notes/1?a=b', { caller, authorize: () => undefined, headers: { 'user-agent': 'agent' } });
  expect(last()).toEqual({
    accountId: local.account, apiId: api.id, domainName: `${api.id}.execute-api.us-west-2.amazonaws.com`, 'error.message': '-', 'error.messageString': '-', httpMethod: 'GET',
    'identity.accountId': local.account, 'identity.caller': 'AROAX:me', 'identity.sourceIp': '127.0.0.1', 'identity.userAgent': 'agent', 'identity.userArn': caller.arn,
    'integration.error': '-', 'integration.integrationStatus': '200', 'integration.status': '201', integrationErrorMessage: '-', integrationStatus: '200',
    path: '/notes/1', protocol: 'HTTP/1.1', responseLength: '3', routeKey: 'GET /notes/{id}', stage: '$default', status: '201', nothing: '-',
  });
});

test('refused, without a route, failed', async () => {
  const api = await deploy('exports.handler = async () => { throw new Error("no"); };', { authorization: 'AWS_IAM' });
  await api.call('GET', '/notes/1');
  expect(last()).toMatchObject({ status: '403', 'error.message': 'Forbidden', 'error.messageString': '"Forbidden"', 'identity.userArn': '-', integrationStatus: '-', routeKey: 'GET /notes/{id}' });
  await api.call('GET', '/other');
  expect(last()).toMatchObject({ status: '404', 'error.message': 'Not Found', routeKey: '-', path: '/other' });
  const caller: Caller = { account: local.account, arn: 'a', userId: 'u', accessKeyId: 'k' };
  await api.call('GET', '/notes/1', { caller, authorize: () => undefined });
  expect(last()).toMatchObject({ status: '500', 'error.message': 'Internal Server Error', integrationStatus: '200', 'integration.status': '-' });
  expect(last()['integration.error']).toBe('The Lambda function returned the following error: no. Check your Lambda function code and try again.');
});

test('a line of JSON is one, with times', async () => {
  const api = await deploy('exports.handler = async () => 1;', {}, JSON.stringify({ requestId: '$context.requestId', time: '$context.requestTime', epoch: '$context.requestTimeEpoch', latency: '$context.integrationLatency', all: '$context.responseLatency' }));
  const { headers } = await api.call('GET', '/notes/1');
  const line = JSON.parse(lines().at(-1) ?? '') as Record<string, string>;
  expect(line).toMatchObject({ requestId: headers['apigw-requestid'], time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string, epoch: expect.stringMatching(/^\d{10}$/) as string });
  expect(Number(line['latency'])).toBeGreaterThan(0);
  expect(Number(line['all'])).toBeGreaterThanOrEqual(Number(line['latency']));
});
