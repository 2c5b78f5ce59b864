import { Failure } from '../failures/failure';
import { readAwsFiles } from './profiles/aws-files';
import type { Found, Source, Surroundings } from './source';

/** A place that was looked at in vain. */
export interface Looked {
  readonly title: string;
  readonly why: string;
}

/** What one source had, told as soon as it is known. */
export interface SourceLook {
  readonly title: string;
  readonly state: 'none' | 'used' | 'ignored' | 'broken';
  /** Why it has none; what is used or ignored, `null` where the title says it; the code of what is broken. */
  readonly what: string | null;
}

/** What all sources together had. */
export type Finding =
  | {
      readonly kind: 'found';
      readonly found: Found;
      readonly looked: readonly Looked[];
      /** What later places hold and the winner hides: `profile dev`, `.env`. */
      readonly shadowed: readonly string[];
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'none'; readonly looked: readonly Looked[]; readonly warnings: readonly string[] };

/**
 * Looks at the sources in their order; the first that has credentials wins.
 *
 * @param tell hears of each source, in that order
 * @throws Failure where a source has something that cannot be used
 */
export async function findCredentials(sources: readonly Source[], surroundings: Surroundings, tell: (look: SourceLook) => void = () => undefined): Promise<Finding> {
  const looked: Looked[] = [];
  for (const [index, source] of sources.entries()) {
    const outcome = await source.find(surroundings).catch((error: unknown) => {
      tell({ title: source.title, state: 'broken', what: error instanceof Failure ? error.code : null });
      throw error;
    });
    if (outcome.kind === 'absent') {
      tell({ title: source.title, state: 'none', what: outcome.why });
      looked.push({ title: source.title, why: outcome.why });
      continue;
    }
    const { found } = outcome;
    tell({ title: source.title, state: 'used', what: beside(source, found.title) });
    const behind = source.alone === true ? { shadowed: [], warnings: [] } : lookBehind(sources.slice(index + 1), surroundings, found, tell);
    const warnings = [...new Set([...(outcome.warnings ?? []), ...behind.warnings])];
    return { kind: 'found', found, looked, shadowed: behind.shadowed, warnings };
  }
  return { kind: 'none', looked, warnings: [] };
}

/** What the winner shadows. Nothing there is needed, so what is broken only warns. */
function lookBehind(sources: readonly Source[], surroundings: Surroundings, found: Found, tell: (look: SourceLook) => void): { shadowed: string[]; warnings: string[] } {
  const shadowed = new Set<string>();
  const warnings = new Set(readAwsFiles(surroundings).hostile.map(unneeded));
  for (const source of sources) {
    try {
      if (source.holds === undefined) {
        tell({ title: source.title, state: 'none', what: 'not asked, for it is not needed' });
        continue;
      }
      const held = source.holds(surroundings);
      if (held !== null && held !== found.title) shadowed.add(held);
      tell(held === null ? { title: source.title, state: 'none', what: null } : { title: source.title, state: held === found.title ? 'used' : 'ignored', what: beside(source, held) });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      tell({ title: source.title, state: 'broken', what: error.code });
      warnings.add(unneeded(error));
    }
  }
  return { shadowed: [...shadowed], warnings: [...warnings] };
}

function unneeded({ message }: Failure): string {
  return `${message} It is not needed in this run.`;
}

function beside({ title }: Source, held: string): string | null {
  return held === title ? null : held;
}
