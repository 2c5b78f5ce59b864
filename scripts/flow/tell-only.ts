import { helpFor } from '../options/help';
import type { Options } from '../options/options';
import type { Surroundings } from '../credentials/source';
import { helpText } from '../terminal/help-text';
import type { Style } from '../terminal/style';
import type { Told } from './told';

/**
 * What `--help`, `--explain` and `--list-profiles` print; `null` where none of them was given. For these the configuration
 * is not read, and AWS is not asked.
 *
 * @throws Failure
 */
export async function tellOnly(options: Options, surroundings: Pick<Surroundings, 'environment' | 'home'>, style: Style): Promise<Told | null> {
  if (options.help) return { output: `${helpText(helpFor(options.command), style)}\n`, warnings: '' };
  if (options.explain !== undefined) return { output: await tellExplanation(options.explain, options.json, style), warnings: '' };
  if (!options.listProfiles) return null;
  const { tellProfiles } = await import('./tell-profiles');
  return tellProfiles(surroundings, options.json, style);
}

async function tellExplanation(asked: string, json: boolean, style: Style): Promise<string> {
  const [{ explain }, { explanationText }] = await Promise.all([import('../explanations/explain'), import('../terminal/explanation-text')]);
  const explained = explain(asked);
  return json ? `${JSON.stringify(explained)}\n` : explanationText(explained, style);
}
