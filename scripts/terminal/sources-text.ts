import type { SourceLook } from '../credentials/find';
import type { Style } from './style';
import { wrap } from './wrap';

const states: Readonly<Record<SourceLook['state'], string>> = { none: '', used: 'used', ignored: 'ignored', broken: 'cannot be used' };

/** Every source in the order in which it was looked at: what was there, which one is used, and what that hides. No value is in it. */
export function sourcesText(looks: readonly SourceLook[], { sign, columns }: Pick<Style, 'sign' | 'columns'>): string {
  const indent = ' '.repeat(sign.next.length + 1);
  const lines = looks.map(({ title, state, what }) => {
    const said = [states[state], what].filter(Boolean).join(', ');
    const mark = state === 'used' ? `${sign.next} ` : indent;
    return `${mark}${wrap(`${title}: ${said === '' ? 'none' : said}`, columns, `${indent}  `, indent.length)}`;
  });
  return ['Sources, in order:', ...lines].join('\n');
}
