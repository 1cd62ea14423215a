import { graphError } from "../../http/graph-error.ts";
import { decodeBase64 } from "../../text/base64.ts";
import { bodyTooLarge } from "../exchange/body.ts";

/**
 * The bytes of an item's body: the JSON that was sent, character by character, or what a text of base64url holds. Throws
 * `GraphError` 413 for more than `maxBytes`, and 400 for any other text.
 */
export function encodeItemBody(json: string | undefined, maxBytes: number): Uint8Array {
  const bytes = json?.startsWith('"') === true ? decodeText(json) : new TextEncoder().encode(json);
  if (bytes.length > maxBytes) throw bodyTooLarge(maxBytes);
  return bytes;
}

function decodeText(json: string): Uint8Array {
  const bytes = decodeBase64(String(JSON.parse(json)));
  if (bytes !== undefined) return bytes;
  throw graphError(
    "BadRequest",
    "The body of a request in a batch must be a JSON object, or a text of base64url.",
  );
}
