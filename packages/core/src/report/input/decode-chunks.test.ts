import * as fc from "fast-check";
import { expect, test } from "vitest";
import { allOf, bytesInPieces } from "../../../test/in-pieces.ts";
import { decodeChunks } from "./decode-chunks.ts";

const encoder = new TextEncoder();

test.each([
  ["in the middle", "a\nbc", [0xff], "de\n", "line 2, column 3"],
  ["after characters of several bytes", "\uFEFFé\n€👩‍💻", [0xc3], "x", "line 2, column 7"],
  ["after the replacement character", "\uFFFD\n\uFFFDé", [0xed, 0xa0, 0x80], "", "line 2, column 3"],
  ["in a character that is cut at the end", "a\nb", [0xf0, 0x9f, 0x91], "", "line 2, column 2"],
])(
  "invalid UTF-8 is reported with its position, however the file is cut: %s",
  async (_what, start, fault, end, place) => {
    const bytes = Uint8Array.of(...encoder.encode(start), ...fault, ...encoder.encode(end));
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 1, max: 5 })), async (sizes) => {
        await expect(decode(bytes, sizes)).rejects.toMatchObject({
          status: 400,
          message: `The file is not UTF-8 at ${place}. Save it as UTF-8, which Excel calls "CSV UTF-8".`,
        });
      }),
      { numRuns: 50 },
    );
  },
);

test("NUL is reported with its position", async () => {
  const bytes = encoder.encode("é\n👩‍💻\u0000\n");
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 1, max: 5 })), async (sizes) => {
      await expect(decode(bytes, sizes)).rejects.toThrow("NUL character at line 2, column 6.");
    }),
    { numRuns: 50 },
  );
});

test("a text is decoded alike however it is cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme" }),
      fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
      async (text, sizes) => {
        const clean = text.replaceAll("\u0000", "");
        expect(await decode(encoder.encode(`\uFEFF${clean}`), sizes)).toBe(clean);
      },
    ),
  );
});

async function decode(bytes: Uint8Array, sizes: Iterator<number>): Promise<string> {
  return (await allOf(decodeChunks(bytesInPieces(bytes, sizes), "utf-8"))).join("");
}
