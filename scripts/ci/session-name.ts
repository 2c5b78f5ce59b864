import { variableIn, type Environment } from '../process/environment';
import type { CiSystem } from './ci-system';

/** What STS takes: 2 to 64 of these. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const notTaken = /[^\w+=,.@-]+/g;

const program = 'cdk-takeoff';

/**
 * The name of a job's session, by which CloudTrail shows what it did: run and commit of the job.
 *
 * @param system `null` where none is known
 */
export function sessionNameOf(environment: Environment, system: CiSystem | null): string {
  if (system === null) return program;
  const said = (name: string, length: number): string => (variableIn(environment, name) ?? '').replaceAll(notTaken, '-').slice(0, length);
  return [program, said(system.run, 36), said(system.commit, 12)].filter((part) => part !== '').join('-');
}
