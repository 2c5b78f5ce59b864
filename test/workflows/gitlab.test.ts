import { parse } from 'yaml';
import { textOf, workflowIn } from './workflow';

interface Job {
  readonly script: readonly string[];
  readonly id_tokens?: object;
  readonly [key: string]: unknown;
}

const pipeline = parse(textOf('scripts/ci/workflows/gitlab/.gitlab-ci.yml')) as Readonly<Record<'test' | 'synthesize' | 'deploy', Job>>;
const github = workflowIn(textOf('.github/workflows/deploy.yml')).jobs;

test('only the job that deploys can get a token, on the default branch, and is never cancelled', () => {
  const { test: tests, synthesize, deploy } = pipeline;
  expect([tests.id_tokens, synthesize.id_tokens]).toEqual([undefined, undefined]);
  expect(deploy).toMatchObject({
    id_tokens: { GITLAB_OIDC_TOKEN: { aud: 'sts.amazonaws.com' } },
    environment: 'production', resource_group: 'production', interruptible: false, dependencies: ['synthesize'],
    rules: [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' }],
  });
});

/** A command without what says whose role it is: each system has its own variables for that. */
const ofAnyRole = (command: string): string => command.replaceAll(/ -c \S+/g, '');

test.each(['synthesize', 'deploy'] as const)('%s runs what GitHub\'s job of that name does', (name) => {
  const ours = github[name]?.steps.flatMap(({ run }) => run ?? []).filter((run) => run.startsWith('npm '));
  expect(pipeline[name].script.map(ofAnyRole)).toEqual(ours?.map(ofAnyRole));
});
