import type { Found, Region } from '../credentials/source';
import type { Proof } from '../identity/prove';

/** Credentials that STS has accepted, and where they are used. Nothing later runs without. */
export interface Session {
  readonly found: Found;
  readonly region: Region;
  readonly proof: Proof;
  /** Whether the person typed them in this very run, and so has said that they are to be used. */
  readonly typed: boolean;
  /** The profile that the person chose from the list in this run. */
  readonly chosenProfile?: string;
  /** The long-term keys for which these were exchanged. */
  readonly exchanged?: { readonly found: Found; readonly proof: Proof; readonly withMfa: boolean };
}
