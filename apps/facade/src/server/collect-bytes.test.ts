import { expect, test } from "vitest";
import { collectBytes } from "./collect-bytes.ts";

test.each([[[]], [["abc"]], [["", "abc", ""]], [["a", "b", "c", "d", "e"]], [["ab", "", "cdefghij", "k"]]])(
  "%j is one body in the end",
  (texts: readonly string[]) => {
    const bytes = collectBytes();
    for (const text of texts) bytes.add(Buffer.from(text));
    expect(bytes.length()).toBe(texts.join("").length);
    expect(bytes.whole().toString()).toBe(texts.join(""));
  },
);

test("chunks are left as they are", () => {
  const whole = Buffer.from("abcdef");
  const bytes = collectBytes();
  bytes.add(whole.subarray(0, 2));
  bytes.add(Buffer.from("XY"));
  expect(whole.toString()).toBe("abcdef");
  expect(bytes.whole().toString()).toBe("abXY");
});

test("a million chunks of a byte take little more memory than their bytes", () => {
  const bytes = collectBytes();
  const chunks = new Set<ArrayBufferLike>();
  for (let at = 0; at < 1_000_000; at += 1) {
    bytes.add(Buffer.from("x"));
    chunks.add(bytes.whole().buffer);
  }
  expect(bytes.whole()).toHaveLength(1_000_000);
  expect(bytes.whole().buffer.byteLength).toBeLessThan(3_000_000);
  expect(chunks.size).toBeLessThan(40);
});
