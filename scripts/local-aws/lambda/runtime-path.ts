import { join } from 'node:path';

/** The program that runs a function, as it stands in the project: npm starts every command in the project's folder. */
export function runtimePath(): string {
  return join(process.cwd(), 'scripts/local-aws/lambda/runtime/main.mjs');
}
