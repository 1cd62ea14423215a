import { createHash } from "node:crypto";

/** The random choices of one app of one seed. They do not depend on how many apps are made. */
export interface Random {
  /** A version 4 GUID. */
  readonly id: string;
  /** The next number from 0 up to, not including, 1. */
  next(): number;
}

const idBytes = 16;
const numbers = 16;

/** The same choices for the same seed and index on every machine. */
export function createRandom(seed: string, index: number): Random {
  const bytes = createHash("shake256", { outputLength: idBytes + numbers * 4 })
    .update(`${seed}\n${index}`)
    .digest();
  let offset = idBytes;
  return {
    id: formatId(bytes),
    next() {
      const value = bytes.readUInt32BE(offset) / 2 ** 32;
      offset += 4;
      return value;
    },
  };
}

function formatId(bytes: Buffer): string {
  const hex = bytes.toString("hex", 0, idBytes);
  const variant = "89ab"[bytes.readUInt8(8) & 3] ?? "8";
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}
