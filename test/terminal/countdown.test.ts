import { minutesAndSeconds, startCountdown } from '../../scripts/terminal/countdown';

beforeEach(() => { jest.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') }); });
afterEach(() => { jest.useRealTimers(); });

test.each([[600_000, '10:00'], [599_001, '10:00'], [61_000, '1:01'], [500, '0:01'], [0, '0:00'], [-5, '0:00']])('%i ms are %s', (milliseconds, text) => {
  expect(minutesAndSeconds(milliseconds)).toBe(text);
});

test.each([
  [80, ['Waiting for the browser … 1:00 left, Ctrl-C stops', 'Waiting for the browser … 0:59 left, Ctrl-C stops']],
  [40, ['Waiting for the browser … 1:00 left', 'Waiting for the browser … 0:59 left']],
  [30, ['1:00 left', '0:59 left']],
])('in %i columns one line is drawn anew each second, never two, and is gone in the end', (columns, lines) => {
  const written: string[] = [];
  const stop = startCountdown({ style: { dim: (text) => text, spell: (text) => text, columns }, write: (text) => { written.push(text); }, until: new Date('2026-01-01T00:01:00Z'), what: 'Waiting for the browser' });
  jest.advanceTimersByTime(1000);
  stop();
  jest.advanceTimersByTime(5000);
  expect(written).toEqual([...lines, ''].map((line) => `\r\u001b[2K${line}`));
});
