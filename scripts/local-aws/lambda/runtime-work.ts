/** An error as Lambda answers it. */
export interface ErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What a function is called with. */
export interface Work {
  /** JSON. */
  readonly event: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** Of the function. */
  readonly arn: string;
  /** X-Ray's tracing header. */
  readonly traceId: string;
  /** JSON; null where the caller gave none. */
  readonly clientContext: string | null;
}

/** What a runtime says of its work. */
export type Said =
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'error' | 'init-error'; readonly report: ErrorReport };

/** `ready` asks for work for the first time; `fatal` is an error that the process did not outlive. */
export type RuntimeMessage = { readonly kind: 'ready' } | Said | { readonly kind: 'fatal'; readonly report: ErrorReport };

/** Why a runtime may not say what it says. */
export type Refusal = 'InvalidStateTransition' | 'InvalidRequestID';

/** The work of one runtime, which serves one invocation at a time: handed out on one side, answered on the other. */
export interface RuntimeWork {
  /** The runtime's request for work, and with it the end of the work before; null where it has not done that. */
  ask(): Promise<Work> | null;
  /** @param requestId null for an error of the initialization */
  say(requestId: string | null, said: Said): Refusal | null;
  /** Gives work to the runtime, which gets it as soon as it asks. */
  give(work: Work): void;
  /** What the runtime has come to. A result is known at once, an error once the runtime goes on after it. */
  next(): Promise<RuntimeMessage>;
  /** The error after which a process has ended; null where there was none. */
  last(): RuntimeMessage | null;
}

/** Work of a runtime that has not asked for any. */
export function runtimeWork(): RuntimeWork {
  let take: ((work: Work) => void) | null = null;
  let given: Work | null = null;
  let current: string | null = null;
  let begun = false;
  let said: Said | null = null;
  let wake: (() => void) | null = null;
  const messages: RuntimeMessage[] = [];
  const tell = (message: RuntimeMessage): void => {
    messages.push(message);
    wake?.();
  };
  const hand = (): void => {
    if (take === null || given === null) return;
    current = given.requestId;
    take(given);
    [take, given] = [null, null];
  };
  return {
    ask() {
      if (take !== null || (current !== null && said === null)) return null;
      const work = new Promise<Work>((resolve) => { take = resolve; });
      if (said?.kind !== 'result') tell(said ?? { kind: 'ready' });
      [begun, current, said] = [true, null, null];
      hand();
      return work;
    },
    say(requestId, what) {
      if (requestId !== null && requestId !== current) return 'InvalidRequestID';
      if (said !== null || (requestId === null && begun)) return 'InvalidStateTransition';
      said = what;
      if (what.kind === 'result') tell(what);
      return null;
    },
    give(work) {
      given = work;
      hand();
    },
    async next() {
      if (messages.length === 0) await new Promise<void>((resolve) => { wake = resolve; });
      const [message = { kind: 'ready' }] = messages.splice(0, 1);
      return message;
    },
    last() {
      if (said === null || said.kind === 'result') return null;
      return said.kind === 'error' ? { kind: 'fatal', report: said.report } : said;
    },
  };
}
