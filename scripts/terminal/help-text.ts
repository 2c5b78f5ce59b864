import type { Style } from './style';
import { wrap } from './wrap';

/** `page`, what is said of an option going on in its own column where the window is narrow. Examples stay whole. */
export function helpText(page: string, { columns }: Pick<Style, 'columns'>): string {
  return page.split('\n').map((line) => {
    const [, option, said] = /^( {2}(?:-|all others).*? {2,})(\S.*)$/.exec(line) ?? [];
    if (option === undefined || said === undefined) return wrap(line, columns, '');
    return `${option}${wrap(said, columns, ' '.repeat(option.length))}`;
  }).join('\n');
}
