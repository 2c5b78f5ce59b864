declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    readonly path?: string;
    /** Milliseconds. */
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }
  export default function dynalite(options?: Options): Server;
}

/** What dynalite keeps its tables in. */
declare module 'dynalite/db' {
  import type { Readable } from 'node:stream';

  interface Tables {
    put(name: string, table: object, done: (error?: Error | null) => void): void;
    createValueStream(): Readable;
  }
  export function create(options: { readonly path: string }): { readonly tableDb: Tables; readonly db: { close(done: (error?: Error | null) => void): void } };
}
