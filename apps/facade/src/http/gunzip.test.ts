import { describe, expect, test } from "vitest";
import { gzipSync } from "node:zlib";
import { checkDeclaredLength, inputOf, readJsonBody } from "@install-summary/core/service";

const limit = 1000;
const size = { limit: "bodyBytes", maxBytes: limit };
const json = { "Content-Type": "application/json" };
const gzip = { ...json, "Content-Encoding": "gzip" };

import { gunzip } from "./gunzip.ts";

describe("a body is read", () => {
  test.each([
    "application/json",
    "Application/JSON; charset=UTF-8",
    'application/json;charset="utf-8"',
    "application/json;odata.metadata=minimal;IEEE754Compatible=false",
  ])("of the type %s", async (type) => {
    expect(await read("{}", { "Content-Type": type })).toBe("{}");
  });

  test("up to the limit, in one piece or in many", async () => {
    const text = "x".repeat(limit);
    expect(await read(text, json)).toBe(text);
    expect(await read(pieces(10, 100), json)).toBe(text);
    expect(await read(text, { ...json, "Content-Length": String(limit) })).toBe(text);
    expect(await read(gzipSync(text), gzip)).toBe(text);
  });

  test("when the body is missing", async () => {
    expect(await read(null, json)).toBe("");
    expect(await read("", { ...json, "Content-Encoding": "Identity" })).toBe("");
  });
});

test("a body of gzip says what it holds once inflated", async () => {
  const held: number[] = [];
  const request = new Request("http://localhost/", {
    method: "PATCH",
    body: gzipSync("x".repeat(limit)),
    headers: gzip,
  });
  await readJsonBody({ ...inputOf(request), holdBody: (length) => void held.push(length) }, size, gunzip);
  expect(held).toEqual([limit]);
});

test.each([{}, { "Content-Type": "" }])(
  "a body that does not declare its type is not read: %j",
  async (headers) => {
    await expect(read(Buffer.from("{}"), headers)).rejects.toThrow(
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  },
);

test.each([
  "text/plain",
  "text/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/merge-patch+json",
  "application/json; charset=utf-16",
  "application/json; charset=latin1",
  "application/json, application/json",
])("the type %s is not supported", async (type) => {
  await expect(read("{}", { "Content-Type": type })).rejects.toMatchObject({
    status: 415,
    message: `The media type '${type}' is not supported. Use application/json.`,
  });
});

describe("an encoding is not supported", () => {
  test.each(["br", "zstd", "deflate", "gzip, gzip", "x"])("%s", async (encoding) => {
    await expect(read("{}", { ...json, "Content-Encoding": encoding })).rejects.toMatchObject({
      status: 415,
      message: `The content encoding '${encoding}' is not supported.`,
    });
  });

  test.each([
    ["cut", gzipSync("{}").subarray(0, 15)],
    ["followed by something else", Buffer.concat([gzipSync("{}"), Buffer.from("{}")])],
    ["of zeros", Buffer.alloc(20)],
    ["empty", Buffer.alloc(0)],
    ["not compressed", Buffer.from("{}")],
  ])("gzip that is %s", async (_, body) => {
    await expect(read(body, gzip)).rejects.toMatchObject({ status: 415 });
  });
});

describe("a body is too large", () => {
  const message = "The body is larger than 1000 bytes.";

  test("by one byte", async () => {
    await expect(read("x".repeat(limit + 1), json)).rejects.toMatchObject({ status: 413, message });
  });

  test("in pieces, and reading stops there", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(Buffer.alloc(100));
      },
    });
    await expect(read(endless, json)).rejects.toMatchObject({ status: 413, message });
    expect(pulled).toBeLessThan(20);
  });

  test("once inflated", async () => {
    await expect(read(gzipSync("x".repeat(limit + 1)), gzip)).rejects.toMatchObject({ status: 413, message });
    await expect(read(gzipSync(Buffer.alloc(900_000)).subarray(0, limit), gzip)).rejects.toMatchObject({
      status: 413,
    });
  });

  test("by its declared length", () => {
    expect(() => checkDeclaredLength(new Headers({ "Content-Length": "1001" }), size)).toThrow(message);
    expect(() => checkDeclaredLength(new Headers({ "Content-Length": "1000" }), size)).not.toThrow();
    expect(() => checkDeclaredLength(new Headers(), size)).not.toThrow();
  });
});

test("a body whose sender goes away is a 400", async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error("gone")) });
  await expect(read(broken, json)).rejects.toMatchObject({ status: 400 });
});

async function read(
  body: string | Uint8Array | ReadableStream<Uint8Array> | null,
  headers: Record<string, string>,
): Promise<string> {
  const request = new Request("http://localhost/", { method: "PATCH", body, duplex: "half" });
  // A `Request` with a text sets a type of its own.
  request.headers.delete("content-type");
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  return Buffer.from(await readJsonBody(inputOf(request), size, gunzip)).toString();
}

function pieces(count: number, length: number): ReadableStream<Uint8Array> {
  return ReadableStream.from(Array.from({ length: count }, () => Buffer.from("x".repeat(length))));
}
