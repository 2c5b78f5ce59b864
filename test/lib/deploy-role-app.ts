import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack, type StackProps } from 'aws-cdk-lib/core';
import { context } from '../../cdk.json';
import { addDeployRole } from '../../lib/deploy-role/add-deploy-role';

// The validation of templates takes seconds in each process; the test of bin/app.ts runs it once.
process.env['CDK_VALIDATION'] = 'false';

/** An app with the stack that `-c KEY=VALUE` asks for, and nothing else. */
export interface DeployRoleApp extends Disposable {
  readonly app: App;
  readonly stack: Stack | null;
  readonly outdir: string;
}

export function deployRoleApp(said: Readonly<Record<string, string>>, env: StackProps['env'] = {}): DeployRoleApp {
  const outdir = mkdtempSync(join(tmpdir(), 'deploy-role-'));
  const dispose = (): void => { rmSync(outdir, { recursive: true }); };
  try {
    const app = new App({ context: { ...context, ...said }, outdir });
    return { app, stack: addDeployRole(app, { env }), outdir, [Symbol.dispose]: dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
