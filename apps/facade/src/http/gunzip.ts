import { gunzipSync } from "node:zlib";

/** Inflates bytes of gzip with Node's own zlib. Throws a `RangeError` for more than `maxBytes`. */
export function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array {
  return gunzipSync(bytes, { maxOutputLength: maxBytes });
}
