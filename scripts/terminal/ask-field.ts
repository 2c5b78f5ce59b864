import { nearestRegion } from '../credentials/region';
import { isTemporaryKeyId } from '../secrets/key-shapes';
import type { AskInit, ProvedIdentity } from './asking';
import { bareValue } from './pasted-credentials';
import { fieldNames, understandAnswer, type Field, type Typed } from './understand-answer';
import { wrap } from './wrap';

export type FieldInit = Pick<AskInit<ProvedIdentity>, 'prompts' | 'style' | 'write' | 'regionKnown'>;

const usualRegion = 'us-west-2';

/** So many characters of a secret tell nothing. */
const tellsNothing = 7;

/** How a value looks that may be seen: as it is, until it looks like a secret that was given in its place. */
const shownLike = (usual: RegExp) => (value: string): string => (usual.test(value) || value.length <= tellsNothing ? value : '*'.repeat(value.length));

const shownId = shownLike(/^["']?[A-Z0-9]*["']?$/);
const shownRegion = shownLike(/^[a-z-]*\d{0,2}$/i);

/**
 * @param keep whether Enter keeps what was given before
 * @param likely the region that was meant, where another was typed
 */
async function ask({ prompts, regionKnown }: FieldInit, field: Field, typed: Typed, keep: boolean, likely?: string): Promise<string> {
  const name = fieldNames[field];
  const message = `${name}${keep ? ' (Enter keeps it)' : ''}:`;
  if (field === 'region') return await prompts.input({ message, default: likely ?? typed.region ?? regionKnown?.value ?? usualRegion, shown: shownRegion });
  if (field === 'accessKeyId') return await prompts.input({ message, shown: shownId });
  const optional = field === 'sessionToken' && !keep && !isTemporaryKeyId(typed.accessKeyId ?? '');
  return await prompts.password({ message: optional ? `${name} (Enter if none):` : message });
}

/**
 * Asks for one value until the answer is one. It may bring others with it, or bring others and not this one.
 *
 * @param keep whether nothing typed means what `typed` has
 */
export async function askField(init: FieldInit, field: Field, typed: Typed, keep = false): Promise<Typed> {
  let doubted: string | undefined;
  let likely: string | undefined;
  for (;;) {
    const text = await ask(init, field, typed, keep, likely);
    if (keep && text.trim() === '') return typed;
    const answer = understandAnswer(field, text, typed);
    const note = answer.kind === 'refused' ? answer.why : answer.note;
    if (note !== null) init.write(wrap(answer.kind === 'refused' ? init.style.caution(note) : note, init.style.columns));
    if (field === 'region') likely = nearestRegion(bareValue(text)) ?? undefined;
    if (answer.kind === 'refused') continue;
    // A region that no list has is taken when it is given twice: AWS opens new ones.
    const { region } = answer.values;
    if (field !== 'region' || note === null || region === doubted) return { ...typed, ...answer.values };
    doubted = region;
  }
}

/** Asks for the region where nothing else is asked for. */
export async function askRegionAlone(init: FieldInit): Promise<string> {
  for (;;) {
    const { region } = await askField(init, 'region', {});
    if (region !== undefined) return region;
    init.write(wrap(init.style.caution('Only the region is asked for here, and the rest is not used. Give its name alone, such as us-west-2.'), init.style.columns));
  }
}
