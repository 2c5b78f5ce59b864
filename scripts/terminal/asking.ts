import type { AwsVariables } from '../credentials/connection/aws-variables';
import type { ProfileSummary } from '../credentials/profiles/list-profiles';
import type { Found, Region, Surroundings } from '../credentials/source';
import type { GitState } from '../git/git';
import type { Identity } from '../identity/identity';
import type { Prompts } from './prompts';
import type { Style } from './style';

/** What the conversation reads of a proof. */
export interface ProvedIdentity {
  readonly identity: Identity;
}

/** What the conversation needs from the rest: everything that it does besides asking and writing lines. */
export interface AskInit<Proved extends ProvedIdentity> {
  readonly prompts: Prompts;
  readonly style: Style;
  /** Writes one or more lines to the terminal. */
  readonly write: (text: string) => void;
  readonly surroundings: Surroundings;
  /** The places that were looked at, and why each had none. */
  readonly looked: readonly { readonly title: string; readonly why: string }[];
  /** The region that was said elsewhere (`--region`, AWS_REGION …): the default of the question. */
  readonly regionKnown: Region | null;
  /** Which AWS typed credentials are for. */
  readonly aws: AwsVariables;
  readonly profiles: () => readonly ProfileSummary[];
  readonly profileFound: (name: string) => Promise<Found>;
  /** Asks STS. Throws the Failure that names what was refused. */
  readonly prove: (found: Found, region: Region) => Promise<Proved>;
  /** What git says of the project's `.env`. */
  readonly git: () => Promise<GitState>;
}

/** How the conversation ended. */
export type Asked<Proved extends ProvedIdentity> =
  | { readonly kind: 'found'; readonly found: Found; readonly region: Region; readonly proof: Proved }
  /** Choice 2: a profile that needs a login first, for which the terminal must be free. */
  | { readonly kind: 'login-needed'; readonly found: Found; readonly region: Region }
  /** Choice 4: as if `--local` had been given. */
  | { readonly kind: 'local' }
  /** Choice 3: `.env` waits for an editor. The run ends with 3; `next` is the text that says how to go on. */
  | { readonly kind: 'template-written'; readonly path: string; readonly next: string };
