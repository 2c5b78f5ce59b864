import type { Prompts } from './prompts';
import type { Style } from './style';
import { wrap } from './wrap';

export interface AskMfaCodeInit {
  readonly prompts: Pick<Prompts, 'password'>;
  readonly style: Pick<Style, 'caution' | 'columns'>;
  readonly write: (text: string) => void;
}

/**
 * Asks for the six digits that the MFA device `serial` shows, until there are six. As the AWS CLI does, it does not show
 * them: until AWS has seen a code, it is good for whoever reads it.
 *
 * @param wasRefused whether AWS refused the last ones
 */
export async function askMfaCode({ prompts, style, write }: AskMfaCodeInit, serial: string, wasRefused: boolean): Promise<string> {
  if (wasRefused) write(wrap(style.caution('AWS refused that code. Each works once: wait until the device shows the next.'), style.columns));
  for (;;) {
    const code = (await prompts.password({ message: `MFA code of ${serial}:` })).replaceAll(/\s/g, '');
    if (/^\d{6}$/.test(code)) return code;
    write(wrap(style.caution('A code has six digits.'), style.columns));
  }
}
