import { assert, property, string } from 'fast-check';
import { sessionNameOf } from '../../scripts/ci/session-name';
import { ciSystemOf } from '../../scripts/ci/systems';

const sha = '0123456789abcdef0123456789abcdef01234567';

test.each([
  [{ GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: '9876543210', GITHUB_SHA: sha }, 'cdk-takeoff-9876543210-0123456789ab'],
  [{ GITLAB_CI: 'true', CI_PIPELINE_ID: '574', CI_COMMIT_SHA: sha }, 'cdk-takeoff-574-0123456789ab'],
  [{ CIRCLECI: 'true', CIRCLE_WORKFLOW_ID: '01234567-89ab-cdef-0123-456789abcdef', CIRCLE_SHA1: sha }, 'cdk-takeoff-01234567-89ab-cdef-0123-456789abcdef-0123456789ab'],
  [{ BITBUCKET_BUILD_NUMBER: '7', BITBUCKET_COMMIT: sha }, 'cdk-takeoff-7-0123456789ab'],
  [{ BUILDKITE: 'true', BUILDKITE_BUILD_NUMBER: '7' }, 'cdk-takeoff-7'],
  [{}, 'cdk-takeoff'],
])('%j gives %s', (environment, name) => {
  expect(sessionNameOf(environment, ciSystemOf(environment))).toBe(name);
});

test('whatever the variables hold, it is a name that STS takes', () => {
  assert(property(string({ unit: 'binary' }), string({ unit: 'binary' }), (run, commit) => {
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: run, GITHUB_SHA: commit };
    expect(sessionNameOf(environment, ciSystemOf(environment))).toMatch(/^[\w+=,.@-]{2,64}$/);
  }));
});
