import * as fc from "fast-check";
import { expect, test } from "vitest";
import { allOf } from "../../../test/in-pieces.ts";
import { readParts } from "./read-parts.ts";

const bytes = Uint8Array.from({ length: 1001 }, (_, at) => at);
const partLength = 100;
const parts = Array.from({ length: 11 }, (_, part) =>
  bytes.slice(part * partLength, (part + 1) * partLength),
);
const reader = readParts(parts, bytes.length);

test("any range is what the bytes have there", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1100), fc.nat(1100), async (from, length) => {
      const expected = bytes.slice(from, from + length);
      expect(await reader.readUint8Array(from, length)).toEqual(expected);
      const pieces = await allOf(reader.createReadable({ offset: from, size: length }));
      expect(pieces.flatMap((piece) => [...piece])).toEqual([...expected]);
    }),
  );
});

test("a stream has pieces that are no longer than a part", async () => {
  const pieces = await allOf(reader.readable);
  expect(pieces.map((piece) => piece.length)).toEqual([...Array.from({ length: 10 }, () => partLength), 1]);
});

test("no bytes are read as none", async () => {
  const empty = readParts([], 0);
  expect(await empty.readUint8Array(0, 10)).toEqual(new Uint8Array());
  expect(await allOf(empty.readable)).toEqual([]);
});
