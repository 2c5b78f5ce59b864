import type { CiSystem } from '../../ci/ci-system';
import type { TrustedClaims } from '../../ci/trusted-claims';
import type { ClientService } from '../connection/aws-client';
import type { AwsVariables } from '../connection/aws-variables';
import type { Credentials, Found, Region } from '../source';
import type { TokenClaims } from '../web-identity/token-claims';

/** What was going on when something failed. */
export interface RefusalContext {
  readonly aws: AwsVariables;
  /** Of the call, `null` or absent before one is known. */
  readonly region?: string | null;
  /** Where it was said, where that is known. */
  readonly regionSource?: Region['source'];
  /** That was called: STS where nothing is said. */
  readonly service?: ClientService;
  /** What was called, where it is no service's endpoint. */
  readonly url?: URL;
  /** Whose credentials they are. */
  readonly found?: Pick<Found, 'title' | 'source' | 'profile' | 'renewal'>;
  readonly credentials?: Pick<Credentials, 'accessKeyId' | 'sessionToken' | 'expiration'>;
  readonly clockOffsetMs?: number;
  /** Whether the STS of the partition's home region knows the key that was refused; `null` where that was not learned. */
  readonly home?: { readonly region: string; readonly known: boolean } | null;
  /** Which role a web identity was to be exchanged for, what its token says, and what the project knows of the role. */
  readonly webIdentity?: { readonly roleArn: string; readonly claims: TokenClaims | null; readonly system?: CiSystem | null; readonly trusted?: TrustedClaims | null };
}
