import { Failure } from '../failures/failure';
import type { Looked } from './find';

/** The guide's block "Environment Variables", word for word. */
const exportLines = `export AWS_ACCESS_KEY_ID="..."
export AWS_SECRET_ACCESS_KEY="..."
export AWS_SESSION_TOKEN="..."
export AWS_DEFAULT_REGION="us-west-2"`;

/** The guide's block ".env File", word for word. */
const dotenvLines = `AWS_ACCESS_KEY_ID=...
AWS_SECRET_ACCESS_KEY=...
AWS_SESSION_TOKEN=...
AWS_DEFAULT_REGION=us-west-2`;

/** Where credentials were looked for, a line each, and why there were none. */
export function lookedText(looked: readonly Looked[]): string {
  const width = Math.max(0, ...looked.map(({ title }) => title.length));
  return looked.map(({ title, why }) => `  ${title.padEnd(width)}  ${why}`).join('\n');
}

/** Every way to give credentials, to copy. It is all that a run has to say which may not ask. Beside `--env` stands no `--profile`. */
function waysToGiveCredentials(environment: string | null): string {
  return `Give them in one of these ways, then run the same command again:

1. In the environment (AWS_SESSION_TOKEN: only with temporary credentials, preferred):
${exportLines}

2. With the AWS CLI:
aws configure
aws configure --profile myprofile   (then ${environment === null ? 'add -- --profile myprofile' : `"profile": "myprofile" in environments.${environment} of cdk.json`})

3. In a file .env in this project, which git ignores:
${dotenvLines}

Never paste keys into a chat, an issue or a prompt of an assistant. To try it with no AWS account:
npm run deploy -- --local`;
}

/**
 * @param environment the name of the environment of cdk.json that the run is for
 * @returns NO_CREDENTIALS: the places as its message, the ways out as its fix
 */
export function missingCredentials(looked: readonly Looked[], environment: string | null): Failure {
  return new Failure({
    code: 'NO_CREDENTIALS',
    message: `No AWS credentials were found. Looked at, in this order:\n${lookedText(looked)}`,
    fix: waysToGiveCredentials(environment),
  });
}
