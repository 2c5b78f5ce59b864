import { mkdirSync, openSync, closeSync, fsyncSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from './aws-error';

/** The format of state.json. Raised by whoever changes the shape of a record. */
export const stateFormat = 1;

/** Records of one kind by key. Keys of regional things begin with the region: `us-west-2/name`. */
export type Table<Record> = Map<string, Record>;

/** The state of the local AWS: tables of plain JSON in one file, and folders for what is large. */
export interface Store {
  /** Holds state.json and everything else of the local AWS. */
  readonly folder: string;
  /** The table of that name. Its records are plain JSON and are changed in place; {@link save} keeps them. */
  table<Record>(name: string): Table<Record>;
  /** Writes the state, whole or not at all. The front calls it before every answer, so services need not. */
  save(): void;
}

/**
 * Opens the state in `folder`, which is made where it is missing.
 *
 * @throws AwsError where the state was written in another format
 */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'state.json');
  const written = readState(path);
  const tables = new Map<string, Table<unknown>>(Object.entries(written).map(([name, records]) => [name, new Map(Object.entries(records))]));
  let last = '';
  return {
    folder,
    table<Record>(name: string) {
      const table = tables.get(name) ?? new Map<string, unknown>();
      tables.set(name, table);
      return table as Table<Record>;
    },
    save() {
      const text = JSON.stringify({ format: stateFormat, tables: Object.fromEntries([...tables].map(([name, table]) => [name, Object.fromEntries(table)])) });
      if (text === last) return;
      writeWhole(path, text);
      last = text;
    },
  };
}

function readState(path: string): { [table: string]: { [key: string]: unknown } } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return {};
  }
  const state = JSON.parse(text) as { format: number; tables: { [table: string]: { [key: string]: unknown } } };
  if (state.format !== stateFormat) {
    throw new AwsError('StateFormat', `The local AWS's state was written by another version (format ${state.format}, and this one has ${stateFormat}).`);
  }
  return state.tables;
}

function writeWhole(path: string, text: string): void {
  const working = `${path}.${process.pid}`;
  const file = openSync(working, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(working, path);
}
