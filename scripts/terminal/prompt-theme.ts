import type { Environment } from '../process/environment';
import { isUtf8, styleFor } from './style';

/** What Inquirer would show in signs that a locale other than UTF-8 does not have. */
export interface PromptTheme {
  readonly ofAll: { readonly prefix?: { readonly done: string } };
  /** Of questions that are answered from a list. */
  readonly ofLists: { readonly icon?: { readonly cursor: string }; readonly style?: { readonly keysHelpTip: (keys: [key: string, action: string][]) => string } };
}

const keyNames: Readonly<Record<string, string>> = { '↑↓': 'arrows', '⏎': 'Enter' };

/** The signs of questions at a terminal: Inquirer's own, or ASCII where the locale has no more. */
export function promptTheme(environment: Environment): PromptTheme {
  if (isUtf8(environment, true)) return { ofAll: {}, ofLists: {} };
  const { good, dim, bold } = styleFor({ isTerminal: true, columns: undefined, environment });
  const keysHelpTip = (keys: [key: string, action: string][]): string => keys.map(([key, action]) => `${bold(keyNames[key] ?? key)} ${dim(action)}`).join(dim(', '));
  const ofAll = { prefix: { done: good('?') } };
  return { ofAll, ofLists: { ...ofAll, icon: { cursor: '>' }, style: { keysHelpTip } } };
}
