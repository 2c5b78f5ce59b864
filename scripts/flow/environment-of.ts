import type { TargetEnvironment } from '../configuration/target-environment';
import type { Run } from './run';
import type { Session } from './session';

/**
 * The environment that a run with `session` goes to: its own, or, where `--profile` chose the credentials, the one that has their account
 * and region. `null` for none, and for the AWS on this machine.
 */
export function environmentOf({ target, configuration: { environments } }: Pick<Run, 'target' | 'configuration'>, { found, proof, region }: Pick<Session, 'found' | 'proof' | 'region'>): TargetEnvironment | null {
  if (found.source === 'local') return null;
  if (target !== null) return target.environment;
  return environments.find((one) => one.account === proof.identity.account && (one.region === null || one.region === region.value)) ?? null;
}
