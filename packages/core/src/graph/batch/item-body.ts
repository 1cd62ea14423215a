import { graphError } from "../../http/graph-error.ts";
import { decodeBase64 } from "../../text/base64.ts";
import { bodyTooLarge, type ByteLimit } from "../../store/limit-error.ts";

/**
 * The bytes of an item's body: the JSON that was sent, character by character, or what a text of base64url holds. Throws
 * `GraphError` 413 for more than the limit, and 400 for any other text.
 */
export function encodeItemBody(json: string | undefined, limit: ByteLimit): Uint8Array {
  const bytes = json?.startsWith('"') === true ? decodeText(json) : new TextEncoder().encode(json);
  if (bytes.length > limit.maxBytes) throw bodyTooLarge(limit);
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
