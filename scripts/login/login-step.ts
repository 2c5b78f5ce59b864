import type { SsoSettings } from './login-needed';
import type { Oidc } from './oidc';

/** What the person does next. */
export type LoginStep =
  /** Log in at `url`, in a browser on this machine. */
  | { readonly kind: 'browser'; readonly url: string; readonly until: Date }
  /** Log in at `url` on any machine, and give `code` there; `completeUrl` has it already. */
  | { readonly kind: 'device'; readonly url: string; readonly completeUrl: string; readonly code: string; readonly until: Date };

/** To what a person logs in, how it is shown, and how long it may take. */
export interface LoginInit {
  readonly oidc: Oidc;
  readonly settings: SsoSettings;
  readonly show: (step: LoginStep) => void;
  /** Ends it where the person does not want it any more. */
  readonly signal: AbortSignal;
  /** Milliseconds until the browser must have come back. */
  readonly limit?: number;
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}
