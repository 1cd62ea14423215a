import { expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

const text = "größe 給与 👩‍💻\r\n";
const littleEndian = Buffer.from(`\ufeff${text}`, "utf16le");

test.each([
  ["UTF-8", Buffer.from(text)],
  ["UTF-8 with a byte-order mark", Buffer.from(`\ufeff${text}`)],
  ["UTF-16 as Windows PowerShell writes it", littleEndian],
  ["UTF-16 of the other order", Buffer.from(littleEndian).swap16()],
])("%s is read", (_what, bytes) => {
  expect(decodeText(bytes)).toBe(text);
});

test("what is neither is refused, and so is a character that is cut, unless the text is known to be", () => {
  expect(() => decodeText(Uint8Array.of(0x67, 0xf6, 0x67))).toThrow(TypeError);
  expect(() => decodeText(Buffer.from("aé").subarray(0, 2))).toThrow(TypeError);
  expect(decodeText(Buffer.from("aé").subarray(0, 2), true)).toBe("a");
});
