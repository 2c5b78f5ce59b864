import type { MfaDevices } from '../credentials/sessions/mfa-devices';
import type { Prompts } from './prompts';
import type { Style } from './style';
import { wrap } from './wrap';

export interface AskExchangeInit {
  readonly prompts: Pick<Prompts, 'select' | 'input'>;
  readonly style: Pick<Style, 'caution' | 'columns'>;
  readonly write: (text: string) => void;
}

/** Whether long-term keys are to be exchanged for a session. */
export async function askExchange({ prompts }: AskExchangeInit, usual: 'exchange' | 'keys'): Promise<'exchange' | 'keys' | 'never'> {
  return await prompts.select({
    message: 'Exchange these long-term keys for a session of one hour? It limits exposure, not permissions.',
    choices: [
      { value: 'exchange', name: 'Exchange them: CDK gets a session that ends', short: 'Exchange them' },
      { value: 'keys', name: 'Not this time: use the keys themselves', short: 'Not this time' },
      { value: 'never', name: 'Never: use the keys, and do not ask again in this project', short: 'Never' },
    ],
    default: usual,
  });
}

const serialPattern = /^[\w+=/:,.@-]{9,256}$/;

/** The MFA device whose code is to be given; `null` for none. One that is known alone is not asked for. */
export async function askMfaDevice({ prompts, style, write }: AskExchangeInit, devices: MfaDevices): Promise<string | null> {
  if (devices.kind === 'known') {
    const [first, ...others] = devices.serials;
    if (first === undefined || others.length === 0) return first ?? null;
    return await prompts.select({ message: 'Which MFA device?', choices: devices.serials.map((serial) => ({ value: serial, name: serial })) });
  }
  for (;;) {
    const serial = (await prompts.input({ message: 'ARN or serial number of your MFA device (Enter if none):' })).trim();
    if (serial === '') return null;
    if (serialPattern.test(serial)) return serial;
    write(wrap(style.caution('It looks like arn:aws:iam::123456789012:mfa/name, or like GAHT12345678: the console shows it under Security credentials.'), style.columns));
  }
}
