import type { Configuration } from '../configuration/configuration';
import type { Surroundings } from '../credentials/source';
import type { OpenLocalAws } from '../local-aws/open';
import type { Options } from '../options/options';
import type { Screen } from '../terminal/screen';
import type { Interruption } from './interruption';
import type { RunRecord } from './record';
import type { Target } from './target';

/** Undoes what a run has opened. */
export type Cleanup = () => Promise<void>;

/** One run of one command. */
export interface Run {
  readonly options: Options;
  readonly surroundings: Surroundings;
  readonly configuration: Configuration;
  /** The environment of cdk.json that the run is for; `null` for none. */
  readonly target: Target | null;
  readonly screen: Screen;
  /** Whether a person sits at a terminal and may be asked. */
  readonly canAsk: boolean;
  readonly record: RunRecord;
  readonly interruption: Interruption;
  /** Where the wrapper keeps what it may lose: ignored by git. */
  readonly cache: string;
  /** Has `cleanup` done when the run ends, before what was given earlier. */
  readonly atEnd: (cleanup: Cleanup) => void;
  /** The local AWS, opened at the first call, the same one afterwards. */
  readonly openLocal: () => Promise<OpenLocalAws>;
}

/** @throws Failure */
export type Command = (run: Run) => Promise<void>;
