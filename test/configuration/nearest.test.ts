import * as fc from 'fast-check';
import { distance, nearest } from '../../scripts/configuration/nearest';

test.each([
  ['us-esat-1', 'us-east-1'],
  ['US-WEST-2', 'us-west-2'],
  ['us-west-2a', 'us-west-2'],
  ['eu-wst-1', 'eu-west-1'],
  ['tomorrow', null],
  ['', null],
])('%s is meant as %s', (typed, meant) => {
  expect(nearest(typed, ['eu-west-1', 'us-east-1', 'us-west-2'])).toBe(meant);
});

test('the distance is a metric\'s: none to itself, the same both ways, at most the longer length', () => {
  fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
    expect(distance(a, a)).toBe(0);
    expect(distance(a, b)).toBe(distance(b, a));
    expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    expect(distance(a, b) === 0).toBe(a === b);
  }));
});
