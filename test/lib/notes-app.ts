import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { context } from '../../cdk.json';
import { NotesStack } from '../../lib/notes-stack';

// The validation of templates takes seconds in each process; the test of bin/app.ts runs it once.
process.env['CDK_VALIDATION'] = 'false';

/** The app as bin/app.ts makes it, with an output folder of its own. */
export interface NotesApp extends Disposable {
  readonly app: App;
  readonly stack: NotesStack;
  readonly outdir: string;
}

export function notesApp(): NotesApp {
  const outdir = mkdtempSync(join(tmpdir(), 'notes-'));
  const app = new App({ context, outdir });
  return { app, stack: new NotesStack(app, 'TakeoffNotes', {}), outdir, [Symbol.dispose]: () => rmSync(outdir, { recursive: true }) };
}
