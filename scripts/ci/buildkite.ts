import { Failure } from '../failures/failure';
import type { Environment } from '../process/environment';
import { capture } from '../process/spawn';
import { registerSecret } from '../secrets/registry';
import { awsAudience, type CiSystem, type Means } from './ci-system';

const args = ['oidc', 'request-token', '--audience', awsAudience];

/** What the agent needs of a job to know it by. https://buildkite.com/docs/agent/cli/reference/oidc */
const ofAgent = /^(?:PATH|HOME|BUILDKITE_\w+|(?:https?|no)_proxy|(?:HTTPS?|NO)_PROXY|SSL_CERT_(?:FILE|DIR))$/;

function forAgent(environment: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && ofAgent.test(entry[0])));
}

/** Asks the agent of this machine for a new token. */
async function getToken({ environment }: Means): Promise<string> {
  const { ending, stdout } = await capture({ file: 'buildkite-agent', args, cwd: process.cwd(), env: forAgent(environment) });
  const token = stdout.trim();
  if (ending.kind !== 'exited' || ending.code !== 0 || token === '') {
    const why = ending.kind === 'spawn-failed' ? 'there is no buildkite-agent in the PATH' : 'buildkite-agent gave none';
    throw new Failure({ code: 'OIDC_TOKEN_UNAVAILABLE', message: `This job of Buildkite has no OIDC token for AWS: ${why}.`, fix: `See what it says, in the job: buildkite-agent ${args.join(' ')} > /dev/null` });
  }
  registerSecret(token);
  return token;
}

export const buildkite: CiSystem = {
  name: 'buildkite',
  title: 'Buildkite',
  docs: 'https://buildkite.com/docs/pipelines/security/oidc/aws',
  isHere: (environment) => environment['BUILDKITE'] === 'true',
  getToken,
  lines: `buildkite-agent ${args.join(' ')}`,
  run: 'BUILDKITE_BUILD_NUMBER',
  commit: 'BUILDKITE_COMMIT',
};
