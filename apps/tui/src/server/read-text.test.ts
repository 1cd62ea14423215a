import { expect, test } from "vitest";
import { readText } from "./read-text.ts";

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(byte);
}

const text = "größe 給与 👩‍💻\r\n";
const littleEndian = Buffer.from(`\ufeff${text}`, "utf16le");

test.each([
  ["UTF-8", Buffer.from(text)],
  ["UTF-8 with a byte-order mark", Buffer.from(`\ufeff${text}`)],
  ["UTF-16 as Windows PowerShell writes it", littleEndian],
  ["UTF-16 of the other order", Buffer.from(littleEndian).swap16()],
])("%s is read", async (_what, bytes) => {
  expect(await readText(inPieces(bytes), 1000)).toBe(text);
});

test("what is neither is refused", async () => {
  await expect(readText(inPieces(Uint8Array.of(0x67, 0xf6, 0x67)), 1000)).rejects.toThrow(TypeError);
});

test("no more is read than the maximum, which may be in the middle of a character", async () => {
  expect(await readText(inPieces(Buffer.from("aé")), 2)).toBe("a");
});
