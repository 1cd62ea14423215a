import { expect, test } from "vitest";
import { readAnswer } from "./read-response.ts";

test("an answer is read once it is whole, and what follows is left", () => {
  const text = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nETag: W/"1"\r\n\r\n{é}';
  const whole = Buffer.from(`${text}HTTP/1.1 304`);
  for (let length = 0; length < Buffer.byteLength(text); length += 1) {
    expect(readAnswer(whole.subarray(0, length))).toBeUndefined();
  }
  expect(readAnswer(whole)).toEqual({ status: 200, body: "{é}", length: Buffer.byteLength(text) });
});

test("an answer that never has a body has none", () => {
  const text = "HTTP/1.1 304 Not Modified\r\nContent-Length: 400\r\n\r\n";
  expect(readAnswer(Buffer.from(text))).toEqual({ status: 304, body: "", length: text.length });
});

test("an answer without its length is a fault of the bench", () => {
  expect(() => readAnswer(Buffer.from("HTTP/1.1 200 OK\r\n\r\n"))).toThrow("without its length");
});
