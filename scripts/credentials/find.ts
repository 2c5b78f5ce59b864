import { Failure } from '../failures/failure';
import type { Found, Source, Surroundings } from './source';

/** A place that was looked at in vain. */
export interface Looked {
  readonly title: string;
  readonly why: string;
}

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
 * @throws Failure where a source has something that cannot be used
 */
export async function findCredentials(sources: readonly Source[], surroundings: Surroundings): Promise<Finding> {
  const looked: Looked[] = [];
  for (const [index, source] of sources.entries()) {
    const outcome = await source.find(surroundings);
    if (outcome.kind === 'absent') {
      looked.push({ title: source.title, why: outcome.why });
      continue;
    }
    const { found } = outcome;
    const behind = source.alone === true ? { shadowed: [], warnings: [] } : lookBehind(sources.slice(index + 1), surroundings, found);
    const warnings = [...(outcome.warnings ?? []), ...behind.warnings];
    return { kind: 'found', found, looked, shadowed: behind.shadowed, warnings };
  }
  return { kind: 'none', looked, warnings: [] };
}

/** What the winner shadows. Nothing there is needed, so what is broken only warns. */
function lookBehind(sources: readonly Source[], surroundings: Surroundings, found: Found): { shadowed: string[]; warnings: string[] } {
  const shadowed = new Set<string>();
  const warnings = new Set<string>();
  for (const source of sources) {
    try {
      const held = source.holds?.(surroundings) ?? null;
      if (held !== null && held !== found.title) shadowed.add(held);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      warnings.add(`${error.message} It is not needed in this run.`);
    }
  }
  return { shadowed: [...shadowed], warnings: [...warnings] };
}
