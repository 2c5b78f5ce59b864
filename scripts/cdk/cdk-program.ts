import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Failure } from '../failures/failure';

/**
 * The JavaScript entry of the project's own CDK CLI, to be run by this Node. Never npx, which may fetch another.
 *
 * @throws Failure TOOLCHAIN where it is not installed
 */
export function cdkProgram(projectDirectory: string): string {
  try {
    const manifest = createRequire(join(projectDirectory, 'package.json')).resolve('aws-cdk/package.json');
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly bin?: Readonly<Record<string, string>> };
    return join(manifest, '..', bin?.['cdk'] ?? 'bin/cdk');
  } catch (cause) {
    throw new Failure({ code: 'TOOLCHAIN', message: 'The CDK CLI is not installed in this project.', fix: 'Run: npm ci', cause });
  }
}
