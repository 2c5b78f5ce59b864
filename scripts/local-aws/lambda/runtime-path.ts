import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The program that runs a function, as it stands in the project: npm starts every command in the project's folder, and
 * what is compiled lies elsewhere.
 *
 * @throws Error where this process was started in another folder
 */
export function runtimePath(): string {
  const path = join(process.cwd(), 'scripts/local-aws/lambda/runtime/main.mjs');
  if (!existsSync(path)) throw new Error(`the local AWS runs functions only where it is started in the project's folder: there is no ${path}`);
  return path;
}
