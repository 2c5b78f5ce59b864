import { faultLine } from '../../../lib/service/log-line';

const now = new Date('2026-01-02T03:04:05.678Z');

test('a fault is one line of Lambda’s JSON format', () => {
  const line = faultLine(new TypeError('broken\nin two'), 'request-1', now);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({
    timestamp: '2026-01-02T03:04:05.678Z',
    level: 'ERROR',
    requestId: 'request-1',
    errorType: 'TypeError',
    errorMessage: 'broken\nin two',
    stackTrace: expect.arrayContaining([expect.stringContaining('log-line.test')]) as unknown,
  });
});

test('what hangs on an error stays out of the log', () => {
  const fault = Object.assign(new Error('refused'), { $response: { headers: { authorization: 'signature' } } });
  expect(faultLine(fault, 'r', now)).not.toContain('signature');
});

test('a fault that is no error is told all the same', () => {
  expect(JSON.parse(faultLine('just text', 'r', now))).toMatchObject({ errorMessage: 'just text' });
});
