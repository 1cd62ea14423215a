import { expect, test } from "vitest";
import { parseResponse } from "./parse-response.ts";

test("a response is read once it is whole, and what follows is left", () => {
  const text = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nETag: W/"1"\r\n\r\n{é}';
  const whole = Buffer.from(`${text}HTTP/1.1 304`);
  for (let length = 0; length < Buffer.byteLength(text); length += 1) {
    expect(parseResponse(whole.subarray(0, length))).toBeUndefined();
  }
  expect(parseResponse(whole)).toEqual({ status: 200, body: "{é}", length: Buffer.byteLength(text) });
});

test("a 304 has no body, whatever length it names", () => {
  const text = "HTTP/1.1 304 Not Modified\r\nContent-Length: 400\r\n\r\n";
  expect(parseResponse(Buffer.from(text))).toEqual({ status: 304, body: "", length: text.length });
});

test("a response without Content-Length is an error", () => {
  expect(() => parseResponse(Buffer.from("HTTP/1.1 200 OK\r\n\r\n"))).toThrow("no Content-Length");
});
