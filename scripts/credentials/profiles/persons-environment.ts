import type { Environment } from '../../process/environment';
import type { Surroundings } from '../source';

const theirs = /^(?:AWS|AMAZON)_|^HOME$/;

/** Or the SDK prints a warning about Node's version into the report. */
const silence = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` while the wrapper's own environment has the AWS variables of the person again, one work after the other.
 * What the SDK does for a profile needs them: a credential_process inherits the environment and expects it as it is in
 * a shell; `credential_source = Environment` reads keys there; and of IAM Identity Center and `aws login` the SDK
 * reads files only where the variables say.
 */
export function withPersonsEnvironment<Result>({ environment, home }: Pick<Surroundings, 'environment' | 'home'>, work: () => Promise<Result>): Promise<Result> {
  const turn = last.then(async () => {
    const ours = taken();
    put({ ...environment, HOME: home, [silence]: 'true' });
    try {
      return await work();
    } finally {
      taken();
      put(ours);
    }
  });
  last = turn.catch(() => undefined);
  return turn;
}

function taken(): Record<string, string | undefined> {
  const before = Object.fromEntries(Object.entries(process.env).filter(([name]) => theirs.test(name)));
  for (const name of Object.keys(before)) delete process.env[name];
  return before;
}

function put(variables: Environment): void {
  for (const [name, value] of Object.entries(variables)) {
    if (theirs.test(name) && value !== undefined) process.env[name] = value;
  }
}
