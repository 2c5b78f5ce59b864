import type { TargetEnvironment } from '../configuration/target-environment';
import { environmentText } from './environment-text';
import type { Prompts } from './prompts';

/** Which of the environments of cdk.json this run is for. */
export function askEnvironment(prompts: Pick<Prompts, 'select'>, environments: readonly TargetEnvironment[]): Promise<TargetEnvironment> {
  return prompts.select({ message: 'Which environment?', choices: environments.map((environment) => ({ value: environment, name: environmentLine(environment), short: environment.name })) });
}

/** An environment in one line: its name, and where it leads. */
function environmentLine(environment: TargetEnvironment): string {
  const text = environmentText(environment);
  return text === '' ? environment.name : `${environment.name}: ${text}`;
}
