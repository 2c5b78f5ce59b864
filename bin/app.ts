import { App } from 'aws-cdk-lib/core';
import { deploymentTarget } from '../lib/deployment-target';
import { NotesStack } from '../lib/notes-stack';

const app = new App();
export const notes = new NotesStack(app, 'TakeoffNotes', { env: deploymentTarget(process.env) });
