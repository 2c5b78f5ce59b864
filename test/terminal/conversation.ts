import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compiledChild, type CompiledChild } from '../process/compiled-child';
import { startFakeSts, type FakeSts } from './fake-sts';
import { startInTerminal, type PseudoTerminal, type Size } from './pseudo-terminal';

// Put together here, so that the repository holds nothing that is shaped like a key pair.
export const longTerm = { id: ['AKIA', 'Y34FZKBOKMUTVV7A'].join(''), secret: ['h1Zp/9vQw3Lk+8sTnB4x', 'Yr6mCe2DfJ5aUgO7iKqW'].join('') };
export const temporary = {
  id: ['ASIA', 'Y34FZKBOKMUTVV7B'].join(''),
  secret: ['Qe7Rt/2yUi9Op+4aSdF6', 'gHjK8lZxC1vBnM3qWeRt'].join(''),
  token: `IQoJb3JpZ2luX2VjE${'a1B2/c3D4+e5F6'.repeat(30)}==`,
};

/** How another program starts the conversation, given the words for a shell that start it. */
type Within = (program: string) => [string, string[]];

/** A project with a repository that ignores `.env`, an empty HOME, and an STS that knows the two keys above. */
export interface Place {
  readonly project: string;
  readonly home: string;
  readonly sts: FakeSts;
  /** Starts the conversation in a terminal of its own. */
  start(size?: Partial<Size>, environment?: Readonly<Record<string, string>>, within?: Within): PseudoTerminal;
  close(): Promise<void>;
}

/** Compiled when it is first wanted, for all the tests of a file. */
let driver: Promise<CompiledChild> | undefined;
afterAll(async () => { (await driver)?.remove(); });

export async function makePlace({ ignored = true } = {}): Promise<Place> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-asking-')));
  const [project, home] = [join(folder, 'project'), join(folder, 'home')];
  mkdirSync(project);
  mkdirSync(home);
  const base = { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' };
  execFileSync('git', ['init', '-q'], { cwd: project, env: base });
  if (ignored) writeFileSync(join(project, '.gitignore'), '.env\n');
  const sts = await startFakeSts({ [longTerm.id]: { secret: longTerm.secret }, [temporary.id]: { secret: temporary.secret, token: temporary.token } });
  driver ??= compiledChild(join(__dirname, 'driver.ts'));
  const { file: program } = await driver;
  const root = resolve(__dirname, '../..');
  const opened: PseudoTerminal[] = [];
  return {
    project,
    home,
    sts,
    start(size = {}, environment = {}, within) {
      const env = { ...base, PROJECT: project, AWS_ENDPOINT_URL: sts.url, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...environment };
      const [file, words] = within?.(`'${process.execPath}' '${program}'`) ?? [process.execPath, [program]];
      const terminal = startInTerminal(file, words, { ...size, env, cwd: root });
      opened.push(terminal);
      return terminal;
    },
    async close() {
      for (const terminal of opened) await terminal.close();
      await sts.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
