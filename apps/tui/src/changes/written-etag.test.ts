import { expect, test } from "vitest";
import { parseWrittenETag } from "./written-etag.ts";

test.each([
  ['W/"7"', 'W/"7"'],
  ['"7"', 'W/"7"'],
  ["7", 'W/"7"'],
  ["W/7", 'W/"7"'],
  ['w/"7"', 'W/"7"'],
  ['W/\\"7\\"', 'W/"7"'],
  [`'W/"7"'`, 'W/"7"'],
  ['"W/"7""', 'W/"7"'],
  ['""7""', 'W/"7"'],
  ["W/%227%22", 'W/"7"'],
  ["W/&quot;7&quot;", 'W/"7"'],
  ['W/"7-gzip"', 'W/"7"'],
  [' "7" ', 'W/"7"'],
  ['"opaque of another server"', undefined],
  ['"opaque/of-another.server"', 'W/"opaque/of-another.server"'],
  ["*", undefined],
  ['"*"', undefined],
  ['"7", "8"', undefined],
  ["garbage x", undefined],
  ["7.0", undefined],
  ["", undefined],
])("%s means %s", (text, etag) => {
  expect(parseWrittenETag(text)).toBe(etag);
});
