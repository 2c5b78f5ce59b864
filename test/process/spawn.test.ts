import { signalGroup } from '../../scripts/process/group';
import { guardChild } from '../../scripts/process/signals';
import { capture, startChild } from '../../scripts/process/spawn';

const node = { file: process.execPath, cwd: __dirname, env: { ONLY: 'this' } };

describe('a child', () => {
  test('has the environment that was built and no other, and no shell between', async () => {
    const { stdout } = await capture({ ...node, args: ['-e', 'console.log(JSON.stringify([process.env, process.argv.slice(1)]))', '$HOME;`id`'] });
    expect(JSON.parse(stdout)).toEqual([{ ONLY: 'this' }, ['$HOME;`id`']]);
  });

  test.each([
    ['process.exit(0)', { kind: 'exited', code: 0 }],
    ['process.exit(7)', { kind: 'exited', code: 7 }],
    ["process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)", { kind: 'killed', signal: 'SIGTERM' }],
  ])('%s is told apart', async (code, ending) => {
    expect((await capture({ ...node, args: ['-e', code] })).ending).toEqual(ending);
  });

  test('that cannot be started never rejects', async () => {
    const child = startChild({ ...node, file: '/nonexistent/program', args: [], stdio: 'ignore', ownGroup: true });
    expect(await guardChild(child)).toMatchObject({ ending: { kind: 'spawn-failed', cause: { code: 'ENOENT' } }, interruption: null });
    expect(signalGroup(child.process, 'SIGTERM')).toBe(false);
  });

  test('takes what it started with it, which would hold its output open for ever', async () => {
    const code = "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).once('spawn', () => process.exit(3));";
    const child = startChild({ ...node, args: ['-e', code], stdio: ['ignore', 'pipe', 'pipe'], ownGroup: true });
    child.process.stdout?.resume();
    child.process.stderr?.resume();
    expect(await guardChild(child)).toEqual({ ending: { kind: 'exited', code: 3 }, interruption: null });
  });

  test('leaves no listener behind', async () => {
    const before = process.listenerCount('SIGINT') + process.listenerCount('SIGWINCH');
    await guardChild(startChild({ ...node, args: ['-e', ''], stdio: 'ignore', ownGroup: true }));
    expect(process.listenerCount('SIGINT') + process.listenerCount('SIGWINCH')).toBe(before);
  });
});
