import { expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import { encodeItemBody } from "./item-body.ts";

const limit = { limit: "bodyBytes", maxBytes: 300 };
const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** The JSON text of bytes in base64. */
function encode(bytes: Uint8Array): string {
  return JSON.stringify(btoa(String.fromCharCode(...bytes)));
}

test("every byte can come in base64, of either alphabet", () => {
  const json = encode(allBytes);
  expect(encodeItemBody(json, limit)).toEqual(allBytes);
  expect(json).toMatch(/\+.*\//);
  expect(encodeItemBody(json.replaceAll("+", "-").replaceAll("/", "_"), limit)).toEqual(allBytes);
});

test("the limit counts what a text of base64 holds", () => {
  expect(encodeItemBody(encode(new Uint8Array(300)), limit)).toHaveLength(300);
  expect(graphFault(() => encodeItemBody(encode(new Uint8Array(301)), limit))).toMatchObject({ status: 413 });
});
