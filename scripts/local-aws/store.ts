import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AwsError } from './aws-error';
import { writeWhole } from './write-whole';

/** The format of state.json. Raised by whoever changes the shape of a record. */
const stateFormat = 2;

/** Records of one kind by key. Keys of regional things begin with the region: `us-west-2/name`. */
export type Table<Record> = Map<string, Record>;

/** The state of the local AWS: tables of plain JSON in one file, and folders for what is large. */
export interface Store {
  /** Holds state.json and everything else of the local AWS. */
  readonly folder: string;
  /** The table of that name. Its records are plain JSON and are changed in place; {@link saved} keeps them. */
  table<Record>(name: string): Table<Record>;
  /**
   * Writes the state, whole or not at all, once what this turn of the event loop has begun is recorded as well: what
   * was made just now, and the stack that it is of. All that ask in one turn share a write. The front waits for it
   * before every answer, so services need not.
   */
  saved(): Promise<void>;
  /** Writes the state at once, as it is. */
  save(): void;
}

/** Of the state in `folder`. */
export function statePath(folder: string): string {
  return join(folder, 'state.json');
}

/**
 * Opens the state in `folder`, which is made where it is missing.
 *
 * @throws AwsError StateFormat where the state was written in another format, or is none
 */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = statePath(folder);
  const written = readState(path);
  const tables = new Map<string, Table<unknown>>(Object.entries(written).map(([name, records]) => [name, new Map(Object.entries(records))]));
  let last = '';
  const save = (): void => {
    const text = JSON.stringify({ format: stateFormat, tables: Object.fromEntries([...tables].map(([name, table]) => [name, Object.fromEntries(table)])) });
    if (text === last) return;
    writeWhole(path, text);
    last = text;
  };
  let due: Promise<void> | null = null;
  const afterTurn = async (): Promise<void> => {
    await setImmediate();
    due = null;
    save();
  };
  return {
    folder,
    table<Record>(name: string) {
      const table = tables.get(name) ?? new Map<string, unknown>();
      tables.set(name, table);
      return table as Table<Record>;
    },
    save,
    async saved() {
      due ??= afterTurn();
      return due;
    },
  };
}

function readState(path: string): { [table: string]: { [key: string]: unknown } } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  const state = parse(text);
  if (state.format !== stateFormat || state.tables === undefined) {
    throw new AwsError('StateFormat', `The state of the local AWS was written by another version of cdk-takeoff (format ${state.format ?? 'unknown'}; this version has ${stateFormat}).`);
  }
  return state.tables;
}

interface State {
  readonly format?: number;
  readonly tables?: { [table: string]: { [key: string]: unknown } };
}

function parse(text: string): State {
  try {
    const state: unknown = JSON.parse(text);
    return typeof state === 'object' && state !== null ? state : {};
  } catch {
    throw new AwsError('StateFormat', 'The state of the local AWS is damaged: its state.json is no JSON.');
  }
}
