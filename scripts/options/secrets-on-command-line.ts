import { Failure } from '../failures/failure';
import { holdsCredential } from '../secrets/secret-shape';

/** A variable that holds a credential, with a value. */
const assignment = /\baws_?(?:secret_?access_?key|session_?token|security_?token|bearer_token_bedrock)["']?\s*[=:]\s*["']?[^\s"']/i;

/**
 * Refuses a command line with something shaped like a credential on it, and does not echo it. npm prints the
 * arguments of `npm run` and writes them to its logs, and every process of the machine can list them.
 *
 * @throws Failure SECRET_ON_COMMAND_LINE
 */
export function refuseSecrets(argv: readonly string[]): void {
  const position = argv.findIndex((argument) => assignment.test(argument) || holdsCredential(argument));
  if (position === -1) return;
  throw new Failure({
    code: 'SECRET_ON_COMMAND_LINE',
    message:
      `Argument ${position + 1} is shaped like a credential. Command lines are no place for one: the shell keeps them in its history, npm in its logs, ` +
      'and every process of this machine can read them. It was not used.',
    fix:
      'Rotate it if it is real (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html#rotate-credentials), then remove it from ' +
      'your shell\'s history and from npm\'s logs: rm -rf "$(npm config get cache)/_logs"\n' +
      'Give credentials as environment variables, in .env, with aws configure, or type them when asked.',
  });
}
