/** Tests that run a command, below `test/`, and words of theirs that say so. */
export interface RanBy {
  readonly test: string | readonly string[];
  readonly as: readonly string[];
}

const local = 'end-to-end/local.test.ts';
const hotswap = 'end-to-end/hotswap.test.ts';
const environments = 'end-to-end/environments.test.ts';
const cdkOptions = 'end-to-end/cdk-options.test.ts';
const mfa = 'end-to-end/mfa.test.ts';
const telling = 'end-to-end/telling.test.ts';
const ciInit = 'flow/ci-init.test.ts';
const ciWorld = 'end-to-end/ci-world.ts';
const context = "['-c', `${name}=${value}`]";
const prod = { test: environments, as: ["'deploy', ['--env', 'prod', '--yes', '--json']"] };
const explain = { test: telling, as: ["'preflight', ['--json', '--explain', 'expire'])"] };

/** Each npm command of the README, in blocks and in the text, and the test that runs it. Where a person would be asked the test says --yes. */
export const ranBy: Readonly<Record<string, RanBy>> = {
  'npm run deploy -- --local': { test: local, as: ["'deploy', ['--local']"] },
  'npm run call -- --local POST /notes --data \'{"text":"hello"}\'': { test: local, as: ["'call', ['--local', 'POST', '/notes', '--data', '{\"text\":\"hello\"}'])"] },
  'npm run call -- --local GET /notes': { test: local, as: ["'call', ['--local', 'GET', '/notes'])"] },
  'npm run local': { test: local, as: ["startNpm(project, 'local')"] },
  'npm run destroy -- --local': { test: local, as: ["'destroy', ['--local'])"] },
  'npm run local -- --wipe': { test: local, as: ["'local', ['--wipe'])"] },
  'npm run preflight': { test: 'end-to-end/terminal-asking.test.ts', as: ['npm run -s preflight;'] },
  'npm run bootstrap': { test: 'end-to-end/hostile-app.test.ts', as: ["'bootstrap', ['--yes'], "] },
  'npm run deploy': { test: hotswap, as: ["'deploy', ['--yes', "] },
  'npm run call -- GET /notes': { test: environments, as: ["'call', ['GET', '/notes', "] },
  'npm run destroy': { test: cdkOptions, as: ["'destroy', 'NeedsBase', '--yes', "] },
  'npm run deploy -- --profile myprofile': { test: 'end-to-end/sources.test.ts', as: ["'deploy', ['--yes'", "args: ['--profile', 'dev']"] },
  'npm run deploy -- --profile dev': { test: 'end-to-end/sources.test.ts', as: ["'deploy', ['--yes'", "args: ['--profile', 'dev']"] },
  'npm run deploy -- --yes': { test: 'end-to-end/sources.test.ts', as: ["'deploy', ['--yes'", 'AWS_WEB_IDENTITY_TOKEN_FILE: webToken()'] },
  'npm run preflight -- --list-profiles': { test: telling, as: ["'preflight', ['--list-profiles']"] },
  'npm run preflight -- --profile myprofile': { test: mfa, as: ["'preflight', ['--json', '--profile', 'dev']"] },
  'npm run ci:init -- github': { test: ciInit, as: ["runFor('ci:init', argv", "['github', '.github/workflows/deploy.yml'"] },
  'npm run deploy -- GitHubDeployRole -c repository=OWNER/NAME -c environment=production -c smokeTest=true': {
    test: ciWorld, as: ["'deploy', [role.name, ...context, ", context, "name: 'GitHubDeployRole'", "environment: 'production'", "smokeTest: 'true'"],
  },
  'npm run bootstrap -- --cloudformation-execution-policies': { test: cdkOptions, as: ["'bootstrap', '--yes', ", "'--cloudformation-execution-policies', 'arn:"] },
  'npm run bootstrap -- --region eu-west-1': { test: environments, as: ["'bootstrap', ['--profile', 'work', '--region', 'us-west-2'"] },
  'npm run deploy -- --account 123456789012': { test: 'end-to-end/failures.test.ts', as: ["'deploy', ['--yes', '--account', '111122223333']"] },
  'npm run diff -- --method template': { test: 'end-to-end/ci.test.ts', as: ["'diff', [", "'--method', 'template']"] },
  'npm run ci:init -- gitlab': { test: ciInit, as: ["runFor('ci:init', argv", "['gitlab', '.gitlab-ci.yml'"] },
  'npm run deploy -- GitLabDeployRole -c project=group/name -c branch=main -c smokeTest=true': {
    test: ['end-to-end/ci-gitlab.test.ts', ciWorld], as: ["'deploy', [role.name, ...context, ", context, "openCiWorld({ name: 'GitLabDeployRole'", "branch: 'main'", "smokeTest: 'true'"],
  },
  'npm run call -- GET /notes --region eu-west-1': { test: environments, as: ["'call', ['GET', '/notes', '--env', 'other', '--region', 'us-west-2']"] },
  'npm run deploy -- --env prod': prod,
  'npm run deploy -- --env prod --yes': prod,
  'npm run synth': { test: cdkOptions, as: ["'synth', []"] },
  'npm run diff': { test: cdkOptions, as: ["'diff', 'Base'"] },
  'npm run deploy -- TakeoffNotes --outputs-file out.json -c stage=prod': { test: cdkOptions, as: ["'deploy', '--all', '--yes', '-c', 'greeting=hi', ", "'--outputs-file', 'outputs.json')"] },
  'npm run preflight -- --explain BUSY': explain,
  'npm run preflight -- --explain key-age --json': explain,
  'npm run deploy -- --help': { test: telling, as: ["'deploy', ['--help']"] },
  'npm run preflight -- --json --verbose --env prod': { test: 'readme/json.test.ts', as: ["runFor('preflight', ['--json', '--verbose', '--env', 'prod']"] },
  'npm run preflight -- --list-profiles --json': { test: telling, as: ["'preflight', ['--list-profiles']", "['--list-profiles', '--json']"] },
  'npm run deploy -- --region eu-west-1': { test: environments, as: ["'deploy', ['--env', 'other', '--region', 'us-west-2'"] },
};

/** What no test runs: it is how the tests are run, sets what the next command takes, or is the AWS CLI's. */
export const ranByNone = /^(?:npm ci$|npm test$|export |aws |cp \.env\.example \.env$|chmod 600 \.env$)/;
