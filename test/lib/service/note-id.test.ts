import { assert, date, property } from 'fast-check';
import { isNoteId, newNoteId } from '../../../lib/service/note-id';

test('every new id is a UUID version 7 of its time', () => {
  assert(
    property(date({ min: new Date(0), max: new Date(2 ** 48 - 1), noInvalidDate: true }), (time) => {
      const id = newNoteId(time);
      expect(isNoteId(id)).toBe(true);
      expect(Number.parseInt(id.slice(0, 13).replace('-', ''), 16)).toBe(time.getTime());
    }),
  );
});

test('ids sort by time', () => {
  expect(newNoteId(new Date(1_700_000_000_001)) > newNoteId(new Date(1_700_000_000_000))).toBe(true);
});

test('two ids of one moment differ', () => {
  const now = new Date(1_700_000_000_000);
  expect(newNoteId(now)).not.toBe(newNoteId(now));
});

test.each(['', '018bcfe5-6800-4000-8000-000000000000', '018bcfe5-6800-7000-c000-000000000000', '018BCFE5-6800-7000-8000-000000000000', '018bcfe5-6800-7000-8000-000000000000\n'])(
  '%j is no id of ours',
  (text) => {
    expect(isNoteId(text)).toBe(false);
  },
);
