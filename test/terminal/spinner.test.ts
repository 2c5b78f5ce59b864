import { stripVTControlCharacters } from 'node:util';
import { textScreen } from '../../scripts/terminal/screen';
import { startSpinner } from '../../scripts/terminal/spinner';
import { styleFor } from '../../scripts/terminal/style';

const utf8 = { LANG: 'C.UTF-8', TERM: 'xterm' };
const at = (columns: number, environment: Record<string, string> = utf8) => styleFor({ isTerminal: true, columns, environment });
const clearLine = '\r\u001b[2K';

beforeEach(() => { jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }); });
afterEach(() => { jest.useRealTimers(); });

/** Work that goes on for so many milliseconds. */
const lasting = (milliseconds: number) => () => new Promise<string>((done) => { setTimeout(done, milliseconds, 'done'); });

function screenOf(style: ReturnType<typeof at>) {
  const written: string[] = [];
  return { written, screen: textScreen({ style, stdout: { write: (text) => written.push(text.toString()) }, stderr: { write: (text) => written.push(text.toString()) } }) };
}

function spinning(columns: number, environment?: Record<string, string>) {
  const written: string[] = [];
  const spinner = startSpinner({ style: at(columns, environment), write: (text) => { written.push(text); }, what: 'Asking AWS STS whose the credentials are' });
  return { written, spinner };
}

test('what is soon done is not spoken of', () => {
  const { written, spinner } = spinning(80);
  jest.advanceTimersByTime(150);
  spinner.stop();
  expect(written).toEqual([]);
});

test('turns in one line, counts the seconds, and leaves nothing behind', () => {
  const { written, spinner } = spinning(80);
  jest.advanceTimersByTime(2100);
  spinner.stop();
  jest.advanceTimersByTime(1000);
  const [first = '', second = ''] = written;
  expect(stripVTControlCharacters(first)).toBe('\r⠋ Asking AWS STS whose the credentials are …');
  expect(second).toContain('⠙');
  expect(stripVTControlCharacters(written.at(-2) ?? '')).toMatch(/… 2 s$/);
  expect(written.every((text) => text.startsWith(clearLine) && !text.includes('\n'))).toBe(true);
  expect(written.at(-1)).toBe(clearLine);
});

test('never fills the line, and has signs for each locale', () => {
  const { written, spinner } = spinning(30, { LANG: 'C', TERM: 'xterm', NO_COLOR: '1' });
  jest.advanceTimersByTime(300);
  spinner.stop();
  expect(written[0]).toBe(`${clearLine}| Asking AWS STS whose the cr`);
});

test('gives way to what is printed, and comes back below a line that has ended', () => {
  const { written, spinner } = spinning(80);
  jest.advanceTimersByTime(250);
  spinner.giveWay('half a line');
  const before = written.length;
  expect(written.at(-1)).toBe(clearLine);
  jest.advanceTimersByTime(1000);
  expect(written).toHaveLength(before);
  spinner.giveWay(' and its end\n');
  jest.advanceTimersByTime(100);
  expect(written.length).toBeGreaterThan(before);
  spinner.stop();
});

test.each<[string, boolean, Record<string, string>, number]>([
  ['a terminal', true, utf8, 10],
  ['a terminal without Unicode', true, { LANG: 'C', TERM: 'xterm' }, 4],
  ['NO_COLOR, which is about colours alone', true, { ...utf8, NO_COLOR: '1' }, 10],
  ['a dumb terminal', true, { ...utf8, TERM: 'dumb' }, 0],
  ['a terminal of CI', true, { ...utf8, CI: 'true' }, 0],
  ['CI=false', true, { ...utf8, CI: 'false' }, 10],
  ['a pipe', false, utf8, 0],
])('%s', (_, isTerminal, environment, frames) => {
  expect(styleFor({ isTerminal, columns: 80, environment }).frames).toHaveLength(frames);
});

describe('the screen', () => {
  test('prints whole lines while it is busy, and gives back what the work gives', async () => {
    const { written, screen } = screenOf(at(80, { ...utf8, NO_COLOR: '1' }));
    const busy = screen.busy('Checking', lasting(1000));
    await jest.advanceTimersByTimeAsync(500);
    screen.line('a line');
    await jest.advanceTimersByTimeAsync(600);
    expect(await busy).toBe('done');
    expect(written.join('').replaceAll(clearLine, '<').replaceAll(/. Checking …/g, '*')).toMatch(/^(?:<\*)+<a line\n(?:<\*)+<$/);
  });

  test('on a dumb terminal says it in a line that stays, once a second has passed', async () => {
    const { written, screen } = screenOf(at(80, { ...utf8, TERM: 'dumb' }));
    const quick = screen.busy('Quick', lasting(900));
    await jest.advanceTimersByTimeAsync(1000);
    const slow = screen.busy('Slow', lasting(2000));
    await jest.advanceTimersByTimeAsync(2100);
    expect([await quick, await slow]).toEqual(['done', 'done']);
    expect(written).toEqual(['Slow …\n']);
  });

  test('in a pipe says nothing of it', async () => {
    const { written, screen } = screenOf(styleFor({ isTerminal: false, columns: undefined, environment: utf8 }));
    const busy = screen.busy('Checking', lasting(5000));
    await jest.advanceTimersByTimeAsync(5000);
    expect([await busy, written]).toEqual(['done', []]);
  });

  test('draws nothing more below a failure', async () => {
    const { written, screen } = screenOf(at(80));
    const busy = screen.busy('Checking', lasting(5000));
    await jest.advanceTimersByTimeAsync(500);
    screen.failure({ code: 'INTERRUPTED', message: 'Interrupted.', fix: '' });
    await jest.advanceTimersByTimeAsync(5000);
    await busy;
    await Promise.all([screen.busy('More', lasting(1000)), jest.advanceTimersByTimeAsync(1000)]);
    expect(written.at(-1)).toBe('Interrupted.\n');
  });
});
