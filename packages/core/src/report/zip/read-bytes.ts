import type { Reader } from "@zip.js/zip.js/lib/zip-core-reader.js";

/** In bytes. */
const pieceLength = 16 * 1024;

/** Reads an archive that is held in memory, in pieces: zip.js takes each one in a single go, which holds up everything else. */
export function readBytes(bytes: Uint8Array): Reader<unknown> {
  const createReadable: Reader<unknown>["createReadable"] = ({ offset = 0, size = bytes.length } = {}) => {
    let left = bytes.subarray(offset, offset + size);
    return new ReadableStream({
      pull(controller) {
        if (left.length > 0) controller.enqueue(left.slice(0, pieceLength));
        else controller.close();
        left = left.subarray(pieceLength);
      },
    });
  };
  return {
    size: bytes.length,
    readUint8Array: (index, length) => Promise.resolve(bytes.slice(index, index + length)),
    createReadable,
    readable: createReadable(),
  };
}
