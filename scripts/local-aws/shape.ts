/**
 * What a structure, or each entry of a list of structures, may hold. `obeyed` and `recorded` end the way: a value, a list of
 * values, a document, or a map whose names are the user's. A member that is not here is refused.
 */
export interface Shape {
  readonly [member: string]: Effect | Shape;
}

/** `recorded` is kept without effect, on purpose and by name. */
export type Effect = 'obeyed' | 'recorded';

/** A structure of values alone. */
export function members(effect: Effect, ...names: readonly string[]): Shape {
  return Object.fromEntries(names.map((name) => [name, effect]));
}

/** Of `Tags` where it is a list. */
export const obeyedTags = members('obeyed', 'Key', 'Value');
export const recordedTags = members('recorded', 'Key', 'Value');

/** Whether nothing in it has an effect. */
export function isRecorded(shape: Shape): boolean {
  return Object.values(shape).every((each) => (typeof each === 'string' ? each === 'recorded' : isRecorded(each)));
}
