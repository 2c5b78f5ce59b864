import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeZip } from '../assembly/make-zip';
import type { Project } from '../end-to-end/project';
import { onLinux } from '../end-to-end/processes';
import { startInTerminal } from '../terminal/pseudo-terminal';
import { secretAccessKey } from './canaries';
import { channels, observe, type Channel } from './observe';
import { recordBefore } from './recorder';
import { search } from './search';
import { makeWorld } from './world';

// Each channel has a twin that leaks into it, and nowhere else. So none passes by not being looked at.

jest.setTimeout(60_000);

/** A project whose `npm run deploy` is the twin. */
function leakyProject(): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-twin-')));
  const [directory, home] = [join(folder, 'project'), join(folder, 'home')];
  for (const path of [join(directory, 'scripts'), join(directory, 'lib'), join(directory, 'cdk.out'), home]) mkdirSync(path, { recursive: true });
  for (const [file, target] of [['leaky.mjs', 'launch.mjs'], ['spy.mjs', 'spy.mjs']] as const) copyFileSync(join(__dirname, file), join(directory, 'scripts', target));
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ scripts: { deploy: 'exec node scripts/launch.mjs deploy' } }));
  const environment = { PATH: process.env['PATH'] ?? '', HOME: home, npm_config_update_notifier: 'false' };
  execFileSync('git', ['init', '-q'], { cwd: directory, env: environment });
  return { directory, home, environment, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function leakInto(channel: Channel | 'elsewhere'): Promise<{ readonly channels: readonly string[]; readonly elsewhere: readonly string[] }> {
  const canary = secretAccessKey();
  const world = makeWorld(leakyProject());
  const server = createServer((_request, response) => { response.end(); }).listen(0, channel === 'elsewhere' ? '127.0.0.2' : '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await using recorder = await recordBefore(origin);
  try {
    const zip = join(world.dumps, '../asset.zip');
    writeFileSync(zip, makeZip([{ name: 'index.js', content: Buffer.from(Buffer.from(canary.value).toString('hex')) }]));
    const { code, observed, output, elsewhere } = await observe(world, 'deploy', [], { LEAK: canary.value, LEAK_CHANNEL: channel, LEAK_DUMPS: world.dumps, LEAK_ORIGIN: channel === 'elsewhere' ? origin : recorder.origin, LEAK_ZIP: zip });
    if (code !== 0) throw new Error(output);
    const hits = search([...observed, { channel: 'socket', place: recorder.origin, bytes: recorder.sent() }], [canary]);
    return { channels: [...new Set(hits.map((hit) => hit.channel))], elsewhere };
  } finally {
    server.closeAllConnections();
    server.close();
    world.remove();
  }
}

onLinux('a leak is found in its channel alone', () => {
  test.each(channels.filter((channel) => channel !== 'terminal'))('%s', async (channel) => {
    expect(await leakInto(channel)).toEqual({ channels: [channel], elsewhere: [] });
  });

  test('a connection that no server of the test takes is seen', async () => {
    expect(await leakInto('elsewhere')).toEqual({ channels: [], elsewhere: [expect.stringMatching(/^0200007F:/)] });
  });
});

test('a terminal that echoes what is typed', async () => {
  const canary = secretAccessKey();
  const terminal = startInTerminal('sh', ['-c', 'echo secret?; read secret; echo done'], { env: { PATH: process.env['PATH'] ?? '' }, cwd: '/' });
  await terminal.waitFor(/secret\?/);
  terminal.type(`${canary.value}\r`);
  await terminal.waitFor(/done/);
  expect(search([{ channel: 'terminal', place: 'sh', bytes: Buffer.from(terminal.written()) }], [canary])).not.toEqual([]);
  await terminal.close();
});
