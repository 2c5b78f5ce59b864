import type { FailureCode } from '../../../scripts/failures/exit-codes';
import type { World } from './world';

export interface Arranged {
  readonly environment?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** One way in which a run can fail. */
export interface Row {
  readonly when: string;
  /** Of the failure; `null` where it is none, and a check warns. */
  readonly code: FailureCode | null;
  readonly exit: number;
  /** What the line must say: the first of the failure, or that of the check. */
  readonly says: RegExp;
  readonly arrange: (world: World) => Arranged | Promise<Arranged>;
}

export const secretKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz';
export const longTerm = { AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHHFPZAM2', AWS_SECRET_ACCESS_KEY: secretKey };
export const token = Buffer.from('a token of AWS is base64, and this one is whole').toString('base64');
export const temporary = { AWS_ACCESS_KEY_ID: 'ASIAQYLPMN5HHHFPZAM2', AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: token };

/** Keys of a profile, as its lines. */
export const keyLines = `aws_access_key_id = ${longTerm.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${secretKey}\n`;
