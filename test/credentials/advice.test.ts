import { ciSystemOf } from '../../scripts/ci/systems';
import { missingCredentials } from '../../scripts/credentials/advice';

/** The guide's "Environment Variables" and ".env File", word for word. */
const ofGuide = [
  'export AWS_ACCESS_KEY_ID="..."\nexport AWS_SECRET_ACCESS_KEY="..."\nexport AWS_SESSION_TOKEN="..."\nexport AWS_DEFAULT_REGION="us-west-2"\n',
  'AWS_ACCESS_KEY_ID=...\nAWS_SECRET_ACCESS_KEY=...\nAWS_SESSION_TOKEN=...\nAWS_DEFAULT_REGION=us-west-2\n',
  '\naws configure\naws configure --profile myprofile',
];

test('every place, every way, and never into a chat', () => {
  const looked = [{ title: '.env', why: 'there is none in this project' }, { title: 'environment keys', why: 'not set' }];
  const failure = missingCredentials(looked, null);
  expect([failure.code, failure.exitCode]).toEqual(['NO_CREDENTIALS', 3]);
  const text = `${failure.message}\n\n${failure.fix}`;
  for (const part of [...ofGuide, '  .env              there is none', '  environment keys  not set', 'Never paste keys into a chat']) expect(text).toContain(part);
});

test.each([
  [{ GITHUB_ACTIONS: 'true' }, /^Let this job of GitHub Actions assume a role, with no stored key: set AWS_ROLE_ARN [^]*GitHubDeployRole -c repository=OWNER\/NAME [^]*\n {2}permissions:\n {4}id-token: write\n[^]*Where that cannot be: give them in one of these ways/],
  [{ BITBUCKET_BUILD_NUMBER: '7' }, /^Let this job of Bitbucket Pipelines assume [^]*support\.atlassian\.com[^]*\n {2}oidc: true\n/],
])('a job of CI is told of a role before it is told of keys', (environment, words) => {
  const { fix } = missingCredentials([], null, ciSystemOf(environment));
  expect(fix).toMatch(words);
  for (const part of ofGuide) expect(`${fix}\n`).toContain(part);
});

test('--profile is no way out for an environment, beside which it is refused', () => {
  const { fix } = missingCredentials([], 'prod');
  expect(fix).toContain('aws configure --profile myprofile   (then "profile": "myprofile" in environments.prod of cdk.json)');
  expect(fix).not.toContain('add -- --profile');
});
