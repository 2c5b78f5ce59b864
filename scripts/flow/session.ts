import type { Found, Region } from '../credentials/source';
import { readAccountAlias } from '../identity/account-alias';
import type { Proof } from '../identity/prove';

/** Credentials that STS has accepted, and the region that they are used in. Nothing later runs without them. */
export interface Session {
  readonly found: Found;
  readonly region: Region;
  readonly proof: Proof;
  /** Whether the person typed them in this very run, and so has said that they are to be used. */
  readonly typed: boolean;
  /** The alias of the account, for the plan; `null` where it has none or may not be read. It never rejects. */
  readonly accountAlias?: Promise<string | null>;
  /** The profile that the person chose from the list in this run. */
  readonly chosenProfile?: string;
  /** The long-term keys for which these were exchanged. */
  readonly exchanged?: { readonly found: Found; readonly proof: Proof; readonly withMfa: boolean };
}

/** `session` with the name of its account, which AWS is asked for from now on. For commands that show a plan. */
export function withAccountAlias(session: Session): Session {
  return { ...session, accountAlias: readAccountAlias(session.proof, session.found.aws) };
}
