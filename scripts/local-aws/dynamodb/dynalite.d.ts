// Dynalite's own parts. Its server cannot be asked for the state of a table, and throws what fails in its database at the whole process.

declare module 'dynalite/db/index.js' {
  export type Item = Record<string, Record<string, unknown>>;
  export type Done<Value = void> = (error: Error | null, value?: Value) => void;

  export interface Records<Value> {
    get(key: string, done: Done<Value>): void;
    put(key: string, value: Value, done: Done): void;
    createValueStream(): AsyncIterable<Value>;
  }

  export interface KeyPart {
    readonly AttributeName: string;
    readonly KeyType: string;
  }

  export interface Index {
    readonly IndexName: string;
    readonly KeySchema: readonly KeyPart[];
    IndexStatus?: string;
    [name: string]: unknown;
  }

  export interface TableRecord {
    readonly TableName: string;
    readonly TableArn: string;
    readonly KeySchema: readonly KeyPart[];
    AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
    TableStatus: string;
    GlobalSecondaryIndexes?: Index[];
    [name: string]: unknown;
  }

  export interface DynaliteStore {
    readonly db: { open(): Promise<void> };
    readonly tableDb: Records<TableRecord> & { awsAccountId: string; awsRegion: string };
    readonly lifecycleManager: { gracefulClose(): Promise<void> };
    getItemDb(table: string): Records<Item>;
    getIndexDb(kind: 'Global' | 'Local', table: string, index: string): Records<Item>;
    deleteIndexDb(kind: 'Global' | 'Local', table: string, index: string, done: Done): void;
  }

  /** Milliseconds. */
  export interface Options {
    readonly path: string;
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }

  const dynalite: {
    create(options: Options): DynaliteStore;
    getIndexActions(indexes: readonly Index[], before: null, after: Item, table: TableRecord): { readonly puts: readonly { readonly key: string; readonly item: Item }[] };
  };
  export default dynalite;
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(input: object, types: object): object;
    checkValidations(input: object, types: object, custom: unknown, store: object): void;
  };
  export default validations;
}
