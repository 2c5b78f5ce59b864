import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { assert, asyncProperty, integer, uniqueArray } from 'fast-check';
import { synthesize } from '../../scripts/cdk/synthesize';
import { usageOfApp, type UsageOfApp } from '../../scripts/cdk/usage-of-app';
import { fixtureProject, Kept } from './project';

async function through(...chunks: readonly (string | Buffer)[]): Promise<{ readonly passed: string; readonly said: UsageOfApp | null }> {
  const filter = usageOfApp();
  const passed = await text(Readable.from(chunks.map((chunk) => Buffer.from(chunk))).pipe(filter.stream));
  return { passed, said: filter.said() };
}

const refused = 'A warning before.\nUsage: -c stage is missing: say which.\nnpm run deploy -- -c stage=dev\nnode app.js: Subprocess exited with error 2\n';
const understood = { passed: 'A warning before.\n', said: { message: '-c stage is missing: say which.', fix: 'npm run deploy -- -c stage=dev' } };

test('what the app says of its command line is taken out and understood', async () => {
  expect(await through(refused)).toEqual(understood);
});

test('in colours, and without a line end, too', async () => {
  expect(await through('\u001b[31mUsage: no\u001b[39m\nnpm run x\nSubprocess exited with error 2')).toEqual({ passed: '', said: { message: 'no', fix: 'npm run x' } });
});

test('wherever the pieces end', async () => {
  const bytes = Buffer.from(refused.replace('say which', 'sag wofür'));
  await assert(asyncProperty(uniqueArray(integer({ min: 1, max: bytes.length - 1 })), async (cuts) => {
    const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
    expect(await through(...at.slice(1).map((end, index) => bytes.subarray(at[index], end)))).toEqual({ ...understood, said: { ...understood.said, message: '-c stage is missing: sag wofür.' } });
  }));
});

test.each([
  ['another exit code', 'Usage: x\nnpm run y\nSubprocess exited with error 1\n'],
  ['exit code 20', 'Usage: x\nnpm run y\nSubprocess exited with error 20\n'],
  ['no command that would do', 'Usage: x\nSubprocess exited with error 2\n'],
  ['no failure', 'Usage: x\nnpm run y\nmore\n'],
  ['exit code 2 alone', 'SyntaxError\nSubprocess exited with error 2'],
  ['Usage within a line', 'See Usage: x\nnpm run y\nSubprocess exited with error 2\n'],
  ['no line end', 'Usage: x\nnpm run y'],
  ['nothing', ''],
])('all passes unchanged where there is %s', async (_what, output) => {
  expect(await through(output)).toEqual({ passed: output, said: null });
});

test('through the real CLI it is a usage error of ours, and no failure of CDK', async () => {
  const project = fixtureProject({ app: 'node refuse.js' });
  try {
    writeFileSync(join(project.directory, 'refuse.js'), "process.stderr.write('Usage: -c stage is missing.\\nnpm run synth -- -c stage=dev\\n');\nprocess.exit(2);\n");
    const stderr = new Kept();
    const synthesis = synthesize({
      projectDirectory: project.directory, person: project.person, account: null, region: null, authority: null, allowAssetCommands: false,
      appVariables: [], stacks: [], args: [], quiet: true, stdout: stderr, stderr, color: false,
    });
    await expect(synthesis).rejects.toMatchObject({ code: 'USAGE', message: '-c stage is missing.', fix: 'npm run synth -- -c stage=dev' });
    expect(stderr.text.trim()).toBe('');
  } finally {
    project.remove();
  }
});
