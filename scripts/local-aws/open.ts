import type { Credentials } from '../credentials/source';
import type { LocalEvent } from './service';

/** A local AWS that answers on 127.0.0.1. */
export interface OpenLocalAws {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly account: string;
  /** Where stacks go if nobody says otherwise. */
  readonly region: string;
  /** A session of this machine's developer, which may do everything there. */
  readonly credentials: Credentials;
  /** Whether another process serves it (`npm run local`), and goes on when we end. */
  readonly shared: boolean;
  /** Ends it, unless it is shared: state saved, Lambda processes gone, port free. */
  close(): Promise<void>;
}

export interface OpenLocalAwsInit {
  /** Of its state; in the project's ignored cache. */
  readonly folder: string;
  readonly log?: (event: LocalEvent) => void;
}
