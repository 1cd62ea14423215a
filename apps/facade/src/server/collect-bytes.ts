/** The bytes of a body that have arrived. */
export interface CollectedBytes {
  /** How many they are. */
  readonly length: () => number;
  readonly add: (chunk: Buffer) => void;
  readonly whole: () => Buffer;
}

/**
 * Collects a body that comes in chunks, and keeps none of them but the first: a sender may make them of a single byte, and each
 * would take more than a hundred in memory.
 */
export function collectBytes(): CollectedBytes {
  let bytes: Buffer = Buffer.alloc(0);
  let length = 0;
  return {
    length: () => length,
    add(chunk) {
      if (length === 0) bytes = chunk;
      else {
        const needed = length + chunk.length;
        if (needed > bytes.length) bytes = copyInto(bytes, Math.max(needed, 2 * length));
        bytes.set(chunk, length);
      }
      length += chunk.length;
    },
    whole: () => bytes.subarray(0, length),
  };
}

function copyInto(bytes: Buffer, size: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(size);
  copy.set(bytes);
  return copy;
}
