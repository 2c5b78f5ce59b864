import type { CiSystem } from '../ci/ci-system';
import { indented } from '../ci/indented';
import { Failure } from '../failures/failure';
import type { Looked } from './find';
import { keyExports } from './keys';

/** The guide's block "Environment Variables", word for word. */
const exportLines = `${keyExports}
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

/** Which commands make the role, of systems for which the project has the stack of one. */
const roleStacks: ReadonlyMap<CiSystem['name'], string> = new Map([
  ['github', 'npm run deploy -- GitHubDeployRole -c repository=OWNER/NAME -c environment=production'],
  ['gitlab', 'npm run deploy -- GitLabDeployRole -c project=GROUP/NAME -c branch=main'],
]);

/** A job needs no stored key. */
function wayOfJob({ name, title, lines, docs }: CiSystem): string {
  const command = roleStacks.get(name);
  const made = command === undefined ? docs : `${command}, with credentials of yours, makes it`;
  return `Let this job of ${title} assume a role, with no stored key: set AWS_ROLE_ARN to that of the role (${made}), and AWS_REGION. Its lines:\n${indented(lines)}\n\nWhere that cannot be: `;
}

/**
 * @param environment the name of the environment of cdk.json that the run is for
 * @param system whose job it is
 * @returns NO_CREDENTIALS: the places as its message, the ways out as its fix
 */
export function missingCredentials(looked: readonly Looked[], environment: string | null, system: CiSystem | null = null): Failure {
  const ways = waysToGiveCredentials(environment);
  return new Failure({
    code: 'NO_CREDENTIALS',
    message: `No AWS credentials were found. Looked at, in this order:\n${lookedText(looked)}`,
    fix: system === null ? ways : wayOfJob(system) + ways.replace(/^G/, 'g'),
  });
}
