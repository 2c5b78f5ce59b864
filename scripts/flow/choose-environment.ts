import { nearest } from '../configuration/nearest';
import type { TargetEnvironment } from '../configuration/target-environment';
import { usage, type Failure } from '../failures/failure';
import { environmentText } from '../terminal/environment-text';
import type { Command, Run } from './run';
import { sameCommand } from './same-command';
import type { Target } from './target';

/** `command`, run for the environment that is named or chosen. */
export function inEnvironment(command: Command): Command {
  return async (run) => command(await atEnvironment(run));
}

/**
 * The run, for the environment that `--env` names, the only one that is configured, or the one that a person picks. With `--local` or
 * `--profile` none is needed. Afterwards the options have it as `--env`, so that each command that is printed repeats it.
 *
 * @throws Failure USAGE where there is no such environment, another option contradicts it, or several are there and nobody can be asked
 */
async function atEnvironment(run: Run): Promise<Run> {
  const target = await targetOf(run);
  if (target === null) return run;
  const { environment } = target;
  const options = { ...run.options, env: environment.name };
  verifyFits(run, environment);
  run.record.environment = environment.name;
  return { ...run, target, options, surroundings: { ...run.surroundings, options, target: environment } };
}

async function targetOf(run: Run): Promise<Target | null> {
  const { options, configuration: { environments } } = run;
  if (options.env !== undefined) return { environment: environmentNamed(options.env, environments), namedBy: 'option' };
  const [only, ...others] = environments;
  if (only === undefined || options.local || options.profile !== undefined) return null;
  if (others.length === 0) return { environment: only, namedBy: 'only' };
  if (!run.canAsk) throw severalEnvironments(run);
  const [{ withPrompts }, { askEnvironment }] = await Promise.all([import('../terminal/prompts'), import('../terminal/ask-environment')]);
  return { environment: await withPrompts((prompts) => askEnvironment(prompts, environments)), namedBy: 'list' };
}

function environmentNamed(name: string, environments: readonly TargetEnvironment[]): TargetEnvironment {
  const environment = environments.find((one) => one.name === name);
  if (environment !== undefined) return environment;
  if (environments.length === 0) {
    throw usage(`--env names "${name}", and cdk.json has no environments.`, 'Add it below context.takeoff of cdk.json: "environments": { "prod": { "account": "123456789012", "region": "us-west-2", "profile": "prod" } }');
  }
  const names = environments.map((one) => one.name);
  const near = nearest(name, names);
  throw usage(`cdk.json has no environment "${name}".`, `${near === null ? '' : `Did you mean ${near}? `}There are: ${names.join(', ')}.`);
}

function severalEnvironments({ options, configuration: { environments } }: Run): Failure {
  const commands = environments.map((environment) => {
    const command = sameCommand({ ...options, env: environment.name }, options.yes ? '--yes' : '');
    const text = environmentText(environment);
    return text === '' ? command : `${command}   (${text})`;
  });
  return usage('cdk.json has several environments, and none was named.', ['Name one:', ...commands].join('\n'));
}

/** Verifies that the environment and the options that name an account or a region agree. @throws Failure USAGE */
function verifyFits({ options }: Run, environment: TargetEnvironment): void {
  for (const what of ['account', 'region'] as const) {
    const [given, configured] = [options[what], environment[what]];
    if (given === undefined || configured === null || given === configured) continue;
    throw usage(`The environment ${environment.name} is for ${what} ${configured}, and --${what} says ${given}.`, `Leave --${what} out, or name another environment with --env.`);
  }
}
