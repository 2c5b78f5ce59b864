import { deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly content: Buffer;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
}

function fields(...values: readonly (readonly [number, 2 | 4])[]): Buffer {
  return Buffer.concat(values.map(([value, size]) => {
    const buffer = Buffer.alloc(size);
    buffer.writeUIntLE(value, 0, size);
    return buffer;
  }));
}

/** A zip file. APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16; check sums are left out, since nobody reads them here. */
export function makeZip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, encrypted = false } of files) {
    const data = stored ? content : deflateRawSync(content);
    const common = fields([20, 2], [encrypted ? 1 : 0, 2], [stored ? 0 : 8, 2], [0, 4], [0, 4], [data.length, 4], [content.length, 4], [Buffer.byteLength(name), 2], [0, 2]);
    const local = Buffer.concat([fields([0x04034b50, 4]), common, Buffer.from(name), data]);
    central.push(Buffer.concat([fields([0x02014b50, 4], [20, 2]), common, fields([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...parts, directory, fields([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [directory.length, 4], [offset, 4], [0, 2])]);
}
