import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive. Fields other than name and data are written as given, even if they are wrong. */
export interface ZipEntry {
  readonly name: string;
  readonly data: string | Uint8Array;
  /** @default 8 */
  readonly method?: number;
  /** Bit 0 marks the file as encrypted. */
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: bigint | number;
}

/** Makes an archive: local headers, data, central directory, end. Sizes over 32 bits go into a zip64 field. */
export function makeZip(...entries: readonly ZipEntry[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const data = Buffer.from(entry.data);
    const method = entry.method ?? 8;
    const packed = method === 8 ? deflateRawSync(data) : data;
    const size = BigInt(entry.size ?? data.length);
    const extra = size > 0xffff_ffffn ? zip64(size) : Buffer.alloc(0);
    const common = Buffer.concat([
      u16(extra.length > 0 ? 45 : 20, entry.flags ?? 0x800, method, 0, 0x21),
      u32(entry.crc ?? crc32(data), packed.length, extra.length > 0 ? 0xffff_ffff : Number(size)),
      u16(name.length, extra.length),
    ]);
    const file = Buffer.concat([u32(0x0403_4b50), common, name, extra, packed]);
    files.push(file);
    directory.push(
      Buffer.concat([u32(0x0201_4b50), u16(45), common, u16(0, 0, 0), u32(0), u32(offset), name, extra]),
    );
    offset += file.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.concat([
    u32(0x0605_4b50),
    u16(0, 0, entries.length, entries.length),
    u32(central.length, offset),
    u16(0),
  ]);
  return new Uint8Array(Buffer.concat([...files, central, end]));
}

function zip64(size: bigint): Buffer {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE(size);
  return Buffer.concat([u16(1, 8), value]);
}

function u16(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) buffer.writeUInt16LE(value, index * 2);
  return buffer;
}

function u32(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeUInt32LE(value, index * 4);
  return buffer;
}
