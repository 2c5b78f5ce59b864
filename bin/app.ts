import { App } from 'aws-cdk-lib/core';
import { addDeployRole } from '../lib/deploy-role/add-deploy-role';
import { UsageError } from '../lib/deploy-role/usage-error';
import { deploymentTarget } from '../lib/deployment-target';
import { NotesStack } from '../lib/notes-stack';

const app = new App();
const env = deploymentTarget(process.env);
try {
  addDeployRole(app, { env });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`Usage: ${error.message}\n${error.example}\n`);
  process.exit(2);
}
export const notes = new NotesStack(app, 'TakeoffNotes', { env });
