import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, npmRun, startNpm, type Project, type Running } from './project';

// The main job, as a newcomer does it: real npm commands, the unmodified CDK CLI, no account and no network.

jest.setTimeout(300_000);

let project: Project;
beforeAll(() => { project = makeProject(); });
afterAll(() => project.remove());

/** As a person's synthesis does by itself: see `makeProject`. */
const validating = { CDK_VALIDATION: 'true' };

/** Real credentials lie about everywhere; none of them may be looked at. What went by the proxy would not come back. */
const elsewhere = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9', AWS_PROFILE: 'nobody', AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHQWERTYU', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) };

let url = '';

test('deploy --local bootstraps, deploys and proves the API with a call, past the proxy and the credentials of the shell', async () => {
  const ran = await npmRun(project, 'deploy', ['--local'], { ...elsewhere, ...validating });
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.output).toMatch(/CDKToolkit|bootstrap/i);
  url = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(ran.output)?.[0] ?? '';
  expect(url).not.toBe('');
  expect(ran.stdout).toMatch(/GET \/notes\b.* 200/);
  expect(ran.stdout).toContain("npm run call -- --local");
});

test('call posts a note and gets it back', async () => {
  const posted = await npmRun(project, 'call', ['--local', 'POST', '/notes', '--data', '{"text":"hello"}']);
  expect(posted).toMatchObject({ code: 0 });
  const note = JSON.parse(posted.stdout) as { id: string; text: string };
  expect(note.text).toBe('hello');
  const got = await npmRun(project, 'call', ['--local', 'GET', `/notes/${note.id}`]);
  expect(got).toMatchObject({ code: 0 });
  expect(JSON.parse(got.stdout)).toMatchObject(note);
});

test('a call that is not answered 2xx exits 1 and shows the answer', async () => {
  const missing = await npmRun(project, 'call', ['--local', 'GET', '/notes/01ARZ3NDEKTSV4RRFFQ69G5FAV']);
  expect(missing.code).toBe(1);
  expect(missing.output).toContain('404');
});

test('a second deploy changes nothing, and no telemetry was kept; where the locale is none of UTF-8 only the signs of CDK are not ASCII', async () => {
  const again = await npmRun(project, 'deploy', ['--local'], { ...elsewhere, LC_ALL: 'POSIX' });
  expect(again).toMatchObject({ code: 0 });
  expect(again.output).toContain('no changes');
  expect([...new Set(again.output.match(/[^\0-\u007F]/gu))].filter((sign) => !'✅✨'.includes(sign))).toEqual([]);
  // Telemetry keeps the id of its installation here; notices and the look for a new version would be kept here too.
  expect(readdirSync(join(project.directory, '.takeoff/cdk-home'), { recursive: true })).toEqual(['cache']);
});

test('preflight --local --json is one object, and everything passes', async () => {
  const ran = await npmRun(project, 'preflight', ['--local', '--json'], { LC_ALL: 'C' });
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toMatch(/^[\0-\u007F]+$/);
  const report = JSON.parse(ran.stdout) as { ok: boolean; credentials: { source: string; kind: string }; checks: { id: string; status: string }[]; error: unknown };
  expect(report).toMatchObject({ ok: true, credentials: { source: 'local', kind: 'temporary', accessKeyId: expect.stringMatching(/^\w{4}…\w{4}$/) as string }, error: null });
  expect(report.checks.filter(({ status }) => status === 'fail')).toEqual([]);
});

test('npm run local serves it: unsigned calls get 403, and the other commands use what runs', async () => {
  const served: Running = startNpm(project, 'local');
  try {
    await served.saw(/Ctrl-C/);
    const unsigned = await fetch(`${url.replace(/\/$/, '')}/notes`);
    expect(unsigned.status).toBe(403);
    expect(await unsigned.json()).toEqual({ message: 'Forbidden' });
    const signed = await npmRun(project, 'call', ['--local', 'GET', '/notes']);
    expect(signed).toMatchObject({ code: 0 });
    expect(signed.stdout).toContain('hello');
    await served.saw(/GET \S*\/notes 200/);
  } finally {
    served.signal('SIGINT');
  }
  expect((await served.ended).code).toBe(130);
});

test('destroy leaves nothing of the stack', async () => {
  const destroyed = await npmRun(project, 'destroy', ['--local']);
  expect(destroyed).toMatchObject({ code: 0 });
  const call = await npmRun(project, 'call', ['--local', 'GET', '/notes']);
  expect(call.code).toBe(2);
  expect(call.output).toContain('npm run deploy');
});

test('local --wipe forgets everything', async () => {
  expect(await npmRun(project, 'local', ['--wipe'])).toMatchObject({ code: 0 });
  const preflight = await npmRun(project, 'preflight', ['--local', '--json', '--assembly', 'cdk.out']); // which asks for the bootstrap once more
  const report = JSON.parse(preflight.stdout) as { ok: boolean; checks: { id: string; status: string }[] };
  expect(report).toMatchObject({ ok: true, checks: expect.arrayContaining([expect.objectContaining({ id: 'bootstrap', status: 'warn' })]) as object });
});
