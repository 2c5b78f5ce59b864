import type { Found, Region } from '../credentials/source';
import { readAccountAlias } from '../identity/account-alias';
import type { Proof } from '../identity/prove';

/** Credentials that STS has accepted, and where they are used. Nothing later runs without. */
export interface Session {
  readonly found: Found;
  readonly region: Region;
  readonly proof: Proof;
  /** Whether the person typed them in this very run, and so has said that they are to be used. */
  readonly typed: boolean;
  /** The name of the account, for the plan: asked for while other things are done. It never rejects. */
  readonly accountAlias?: Promise<string | null>;
  /** The profile that the person chose from the list in this run. */
  readonly chosenProfile?: string;
  /** The long-term keys for which these were exchanged. */
  readonly exchanged?: { readonly found: Found; readonly proof: Proof; readonly withMfa: boolean };
}

/** `session`, the name of whose account is asked for from now on. For commands that show a plan. */
export function withAccountAlias(session: Session): Session {
  return { ...session, accountAlias: readAccountAlias(session.proof, session.found.aws) };
}
