import type { LoginStep } from '../login/login-step';
import type { Style } from './style';
import { wrap } from './wrap';

/** What a person is told to do for a login. Addresses stand in lines of their own, uncut, so that they can be copied. */
export function loginText(step: LoginStep, { columns, bold }: Pick<Style, 'columns' | 'bold'>): string {
  if (step.kind === 'browser') {
    return `${wrap('The page to log in at opens in your browser. If it does not, open it there yourself:', columns)}\n\n${step.url}\n`;
  }
  return [
    wrap('No browser on this machine can be used, so log in on any other. Open this page:', columns),
    `\n${step.completeUrl}\n`,
    wrap(`Go on there only if it shows this code: ${bold(step.code)}`, columns),
    wrap(`(or open ${step.url} and type the code)`, columns),
    '',
  ].join('\n');
}
