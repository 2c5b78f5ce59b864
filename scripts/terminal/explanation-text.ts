import type { Explained } from '../explanations/explain';
import { nextStep } from './report';
import type { Style } from './style';
import { wrap } from './wrap';

/** What `--explain` prints for a person: what it means, why, and the ways out. */
export function explanationText({ code, kind, exitCode, means, why, fix, seeAlso }: Explained, style: Style): string {
  const head = `${style.bold(code)} ${kind === 'check' ? '(a check)' : `(exit code ${exitCode})`}`;
  const says = `${kind === 'check' ? `Passes where ${means}` : `${means.charAt(0).toUpperCase()}${means.slice(1)}`}.`.replaceAll('`', '');
  return [
    head,
    '',
    wrap(says, style.columns),
    '',
    wrap(`Why: ${why}`, style.columns),
    '',
    ...fix.map((way) => nextStep(way, style, '')),
    ...(seeAlso.length === 0 ? [] : ['', style.dim(wrap(`${kind === 'check' ? 'Fails with' : 'The check'}: ${seeAlso.join(', ')}`, style.columns))]),
    '',
  ].join('\n');
}
