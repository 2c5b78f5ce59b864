import { usage, type Failure } from '../failures/failure';
import { isJsonObject, type JsonObject } from './json-object';

/** Stacks that the app only has where its context says more: by id, what the command line says, for example `-c stage=dev`. */
export type OptionalStacks = Readonly<Record<string, string>>;

/** Whether `value` of cdk.json is such a list: each example begins with `-c KEY=`. */
export function isOptionalStacks(value: unknown): value is OptionalStacks {
  return isJsonObject(value) && Object.values(value).every((example) => typeof example === 'string' && keyIn(example) !== null);
}

function keyIn(example: string): string | null {
  return /^-c ([\w@/:.-]+)=/.exec(example)?.[1] ?? null;
}

/** Those of `optionalStacks` that the command line must ask for: the context of cdk.json asks for the others, always. */
export function notAskedForBy(context: JsonObject, optionalStacks: OptionalStacks): OptionalStacks {
  const isGiven = (key: string): boolean => Object.hasOwn(context, key) && context[key] !== '' && context[key] !== null;
  return Object.fromEntries(Object.entries(optionalStacks).filter(([, example]) => !isGiven(keyIn(example) ?? '')));
}

/** How yargs takes it: `-c KEY=VALUE`, `-cKEY=VALUE`, `--context=KEY=VALUE`. Nothing behind the sign says nothing. */
function says(synthArguments: readonly string[], key: string): boolean {
  return synthArguments.some((argument) => {
    const said = argument.replace(/^(?:--context|-c)=?/, '');
    return said.startsWith(`${key}=`) && said.slice(key.length + 1).trim() !== '';
  });
}

/** The refusal of a command line that names such a stack and does not say what it is for; `null` where none is to refuse. */
export function missingContext(optionalStacks: OptionalStacks, { command, stacks, synthArguments }: { readonly command: string; readonly stacks: readonly string[]; readonly synthArguments: readonly string[] }): Failure | null {
  for (const [id, example] of Object.entries(optionalStacks)) {
    const key = keyIn(example);
    if (stacks.includes(id) && key !== null && !says(synthArguments, key)) {
      return usage(`The app has the stack ${id} only where -c says what it is for: -c ${key} is missing.`, `npm run ${command} -- ${id} ${example}`);
    }
  }
  return null;
}
