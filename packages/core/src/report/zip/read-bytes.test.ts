import * as fc from "fast-check";
import { expect, test } from "vitest";
import { allOf } from "../../../test/in-pieces.ts";
import { readBytes } from "./read-bytes.ts";

const pieceLength = 16 * 1024;
const bytes = Uint8Array.from({ length: 3 * pieceLength + 1 }, (_, at) => at % 251);
const reader = readBytes(bytes);

test("any range is what the bytes have there", async () => {
  const anyPlace = fc.nat(bytes.length + 100);
  await fc.assert(
    fc.asyncProperty(anyPlace, anyPlace, async (from, length) => {
      const expected = bytes.slice(from, from + length);
      expect(await reader.readUint8Array(from, length)).toEqual(expected);
      const read = await new Response(reader.createReadable({ offset: from, size: length })).arrayBuffer();
      expect(new Uint8Array(read)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

test("a stream comes in short pieces, and no bytes are read as none", async () => {
  const pieces = await allOf(reader.readable);
  expect(pieces.map((piece) => piece.length)).toEqual([pieceLength, pieceLength, pieceLength, 1]);
  expect(await allOf(readBytes(new Uint8Array()).readable)).toEqual([]);
});
