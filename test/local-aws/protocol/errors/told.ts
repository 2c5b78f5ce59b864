import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../proof';

/** An error as the SDK's client reads it. */
export interface Told {
  readonly name: string;
  readonly status: number | undefined;
  readonly message: string;
}

export async function told(call: Promise<unknown>): Promise<Told> {
  const [name, status] = await refusal(call);
  const message: string = await call.then(() => '', (error: Error) => error.message);
  return { name, status, message };
}

/** The error codes that a service's own code can answer, those of its resource types included. */
export function codesIn(service: string): readonly string[] {
  const folder = join(__dirname, '../../../../scripts/local-aws', service);
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(folder, name), 'utf8'));
  return [...new Set(sources.flatMap((source) => [...source.matchAll(/new AwsError\('([A-Za-z.\d]+)'/g)].map(([, code = '']) => code)))].toSorted();
}
