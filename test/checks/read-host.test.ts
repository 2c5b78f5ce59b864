import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHost } from '../../scripts/checks/read-host';

test.each([
  [{}, { kind: 'desk' }],
  [{ CI: 'false' }, { kind: 'desk' }],
  [{ CI: '0' }, { kind: 'desk' }],
  [{ CI: 'true' }, { kind: 'ci' }],
  [{ CI: 'woodpecker' }, { kind: 'ci' }],
  [{ CI: 'true', AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' }, { kind: 'ci' }],
  [{ CODEBUILD_BUILD_ID: 'p:1', CI: 'true' }, { kind: 'aws', role: 'the service role of this CodeBuild project' }],
  [{ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x', ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/x' }, { kind: 'aws', role: 'the task role of this ECS task' }],
  [{ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://localhost/x' }, { kind: 'aws', role: 'the role of this container' }],
  [{ AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/pod', AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }, { kind: 'aws', role: 'the role arn:aws:iam::123456789012:role/pod' }],
])('%j is %j', (environment, host) => {
  expect(readHost(environment, '/no/dmi')).toEqual(host);
});

test('the firmware tells EC2', () => {
  const dmi = mkdtempSync(join(tmpdir(), 'takeoff-dmi-'));
  mkdirSync(join(dmi, 'id'));
  writeFileSync(join(dmi, 'id/sys_vendor'), 'Amazon EC2\n');
  expect(readHost({}, dmi)).toEqual({ kind: 'aws', role: 'the role of this EC2 instance' });
  rmSync(dmi, { recursive: true });
});
