import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { notesApp } from '../notes-app';
import { serveTable } from './dynamodb';

/** What Lambda's runtime does with the asset, in a process that has nothing but the function's environment. */
const runtime = `
  const { handler } = require(process.argv[1]);
  handler(JSON.parse(process.argv[2]), { awsRequestId: 'request-1' }).then((answer) => process.stdout.write(JSON.stringify(answer)));
`;

function invoke(asset: string, event: object, env: Readonly<Record<string, string>>): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ['-e', runtime, asset, JSON.stringify(event)], { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (chunk: string) => (text[name] += chunk));
    child.once('error', failed);
    child.once('close', () => done(text));
  });
}

test('the bundle that is uploaded serves a request with nothing beside it', async () => {
  const notes = notesApp();
  const table = await serveTable();
  try {
    const asset = join(notes.outdir, readdirSync(notes.outdir).find((name) => name.startsWith('asset.')) ?? '', 'index.js');
    const environment = {
      TABLE_NAME: table.name,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: table.endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
    const { stdout, stderr } = await invoke(asset, { routeKey: 'POST /notes', isBase64Encoded: false, body: '{"text":"hello"}' }, environment);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ statusCode: 201, body: expect.stringContaining('"text":"hello"') as unknown });
  } finally {
    notes[Symbol.dispose]();
    await table.close();
  }
});

test('without a table it says so at once', async () => {
  const notes = notesApp();
  try {
    const asset = join(notes.outdir, readdirSync(notes.outdir).find((name) => name.startsWith('asset.')) ?? '', 'index.js');
    const { stdout, stderr } = await invoke(asset, {}, {});
    expect(stdout).toBe('');
    expect(stderr).toContain('TABLE_NAME is not set');
  } finally {
    notes[Symbol.dispose]();
  }
});
