import { setTimeout as sleep } from 'node:timers/promises';

export interface Retry {
  readonly attempts: number;
  /** Milliseconds below which the first wait is; the bound doubles each time. */
  readonly base: number;
  /** Whether what failed so can succeed a moment later. */
  readonly heals: (error: unknown) => boolean;
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined;
}

/**
 * Does `work` again where that can help, after a random time (full jitter), so that jobs that failed together do not
 * come back together. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @throws what the last attempt failed with
 */
export async function retrying<Result>(work: () => Promise<Result>, { attempts, base, heals, wait = sleep }: Retry): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !heals(error)) throw error;
    }
    await wait(Math.random() * base * 2 ** (attempt - 1));
  }
}
