import { parse } from 'yaml';
import { blocksOf, readReadme, sectionOf } from '../readme/page';

// What the README says of the systems for which no workflow is written: short, and of keys that the systems document.

interface Documented {
  readonly heading: string;
  /** Where a key may stand, by the keys above it; `*` for a name of one's own, `[]` for the items of a list. */
  readonly keys: readonly string[];
  /** What a job must not be without. */
  readonly demanded: readonly string[];
}

const systems: readonly Documented[] = [
  {
    heading: '### CircleCI', // https://circleci.com/docs/reference/configuration-reference/
    keys: ['version', 'jobs', 'jobs.*', 'jobs.*.docker', 'jobs.*.docker.[].image', 'jobs.*.steps', 'jobs.*.steps.[].run', 'workflows', 'workflows.*', 'workflows.*.jobs', 'workflows.*.jobs.[].*', 'workflows.*.jobs.[].*.context', 'workflows.*.jobs.[].*.filters', 'workflows.*.jobs.[].*.filters.branches', 'workflows.*.jobs.[].*.filters.branches.only', 'workflows.*.jobs.[].*.serial-group'],
    demanded: ['workflows.*.jobs.[].*.context', 'workflows.*.jobs.[].*.filters.branches.only'],
  },
  {
    heading: '### Bitbucket Pipelines', // https://support.atlassian.com/bitbucket-cloud/docs/step-options/
    keys: ['pipelines', 'pipelines.branches', 'pipelines.branches.*', 'pipelines.branches.*.[].step', ...['image', 'oidc', 'deployment', 'script'].map((key) => `pipelines.branches.*.[].step.${key}`)],
    demanded: ['pipelines.branches.*.[].step.oidc', 'pipelines.branches.*.[].step.deployment'],
  },
  {
    heading: '### Buildkite', // https://buildkite.com/docs/pipelines/configure/step-types/command-step
    keys: ['steps', ...['branches', 'concurrency', 'concurrency_group', 'commands', 'env', 'env.*'].map((key) => `steps.[].${key}`)],
    demanded: ['steps.[].branches', 'steps.[].concurrency_group'],
  },
  { heading: '### Any other system', keys: [], demanded: [] },
];

/** Each key of `value` as a path, in which lists are `[]`. */
function pathsIn(value: unknown, above: readonly string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, [...above, '[]']));
  return Object.entries(value).flatMap(([key, below]) => [[...above, key].join('.'), ...pathsIn(below, [...above, key])]);
}

function fits(path: string, documented: string): boolean {
  const [has, wants] = [path.split('.'), documented.split('.')];
  return has.length === wants.length && wants.every((want, index) => want === '*' || want === has[index]);
}

const readme = readReadme();

test.each(systems)('$heading has fewer than twenty lines, and only keys that there are', ({ heading, keys, demanded }) => {
  const section = sectionOf(readme, heading);
  expect(section.trim().split('\n').length).toBeLessThan(20);
  const paths = blocksOf(section, 'yaml').flatMap((text) => pathsIn(parse(text)));
  expect(paths.filter((path) => !keys.some((key) => fits(path, key)))).toEqual([]);
  expect(demanded.filter((key) => !paths.some((path) => fits(path, key)))).toEqual([]);
  expect(section).toContain('npm run deploy -- --yes');
});

test('a key that there is not is found', () => {
  expect(pathsIn(parse('steps: [{ comands: [x], env: { A: 1 } }]'))).toEqual(['steps', 'steps.[].comands', 'steps.[].env', 'steps.[].env.A']);
  expect(fits('steps.[].comands', 'steps.[].commands')).toBe(false);
});
