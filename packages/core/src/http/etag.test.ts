import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatETag, matchesETag, parseETags, parseETagVersion } from "./etag.ts";
import { isGraphError } from "./graph-error.ts";

test("the ETag of a version is weak", () => {
  expect(formatETag(7)).toBe('W/"7"');
});

describe("a header with one of the common quoting mistakes", () => {
  test.each([
    'W/"7"',
    "7",
    '"7"',
    "W/7",
    'w/"7"',
    String.raw`W/\"7\"`,
    `'W/"7"'`,
    `"W/"7""`,
    "W/%227%22",
    "W/&quot;7&quot;",
    "&quot;7&quot;",
    ' W/"7"\t',
    '"1", W/"7"',
    '"1",W/"7"',
    '"1",, "7"',
    '"7",',
    ', "7"',
    ' ,, W/"7"',
    ", 7",
    "1, 7",
    'W/"7-gzip"',
    '"7--gzip"',
    '"7-br"',
    'W/"7;gzip"',
    '"1-gzip", "7-zstd"',
    'W/"7"-gzip',
    '"7";gzip',
    "W/%227-gzip%22",
    "*",
  ])("matches version 7: %s", (header) => {
    expect(matchesETag(header, 'W/"7"')).toBe(true);
  });

  test.each([
    'W/"8-gzip"',
    '"7-gzip-gzip"',
    '"7-gz"',
    '"7gzip"',
    '"-gzip"',
    '"8"-gzip',
    '"17-gzip"',
    'W/"8"',
    '"8", "9"',
    'W/"07"',
    `"1${"0".repeat(30)}"`,
    '""',
    '"W/7"',
    '"seven"',
  ])("does not match version 7 (B57): %s", (header) => {
    expect(matchesETag(header, 'W/"7"')).toBe(false);
  });
});

test.each([
  "",
  "  ",
  ",",
  '"a',
  'a"',
  "seven",
  '*, "1"',
  '"1", *',
  '"1" "2"',
  '"\u0000"',
  "W/",
  '"7"x',
  "-7",
  "7.0",
])("a malformed header is an error (B54): %j", (header) => {
  expect(() => parseETags(header)).toThrowError(
    expect.objectContaining({
      status: 400,
      code: "BadRequest",
      innerCode: "malformedEntityTag",
      message: "ETag header is malformed. ETags must be quoted strings.",
    }),
  );
});

test("a current ETag that is a list, or *, matches nothing", () => {
  expect(matchesETag('"7"', '"6", "7"')).toBe(false);
  expect(matchesETag('"7"', "*")).toBe(false);
  expect(matchesETag('"7"', '"*"')).toBe(false);
  const list = Array.from({ length: 20_000 }, (_, index) => `"${index}"`).join(",");
  expect(matchesETag(list, list)).toBe(false);
});

test.each(['"*"', 'W/"*"', '"1", "*"', String.raw`\"*\"`, "%22*%22"])(
  "* in quotes is an error that says to leave the quotes out: %s",
  (header) => {
    expect(() => parseETags(header)).toThrowError(
      expect.objectContaining({
        status: 400,
        innerCode: "malformedEntityTag",
        message: "ETag header is malformed. ETags must be quoted strings. Write * without quotes.",
      }),
    );
  },
);

test("a mark of a content coding is part of a server's own ETag", () => {
  expect(matchesETag('"a-gzip"', '"a-gzip"')).toBe(true);
  expect(matchesETag('"a"', '"a-gzip"')).toBe(false);
  expect(parseETags('"a-gzip"')).toEqual(["a-gzip"]);
});

test("a header of any marks matches what it matches without them", () => {
  const marks = fc.constantFrom("", "-gzip", "--gzip", ";gzip", "-br", "-zstd", "-deflate");
  const version = fc.nat({ max: 12 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(version, marks), { minLength: 1, maxLength: 4 }),
      version,
      (tags, current) => {
        const header = tags.map(([tag, mark]) => `W/"${tag}${mark}"`).join(", ");
        expect(matchesETag(header, formatETag(current))).toBe(tags.some(([tag]) => tag === current));
      },
    ),
  );
});

test("the texts between the quotes are kept as they are", () => {
  expect(parseETags('W/"a,b", "c-d", ""')).toEqual(["a,b", "c-d", ""]);
  expect(parseETags(" * ")).toBe("*");
  expect(parseETags(String.raw`"a%22b", W/"x&quot;y", "c\"`)).toEqual(["a%22b", "x&quot;y", "c\\"]);
});

test("for all headers the only error is a GraphError", () => {
  const pieces = fc.constantFrom(
    '"',
    "W/",
    "w/",
    "'",
    "\\",
    "%22",
    "&quot;",
    ",",
    "*",
    " ",
    "7",
    "a",
    "\u0000",
    "é",
  );
  const headers = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(headers, (header) => {
      expect(["*", "tags", "malformed"]).toContain(outcome(header));
    }),
  );
});

test("every version matches its own ETag and no other's", () => {
  const versions = fc.integer({ min: 1 });
  fc.assert(
    fc.property(versions, versions, (version, other) => {
      expect(matchesETag(formatETag(version), formatETag(other))).toBe(version === other);
    }),
  );
});

test("the version of an ETag of ours is parsed, those of other servers stay opaque", () => {
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (version) => {
      expect(parseETagVersion(formatETag(version))).toBe(version);
    }),
  );
  expect(parseETagVersion('"7"')).toBe(7);
  for (const etag of [undefined, "", "7", '"07"', '"-7"', '"x7"', 'W/"12345678901234567890"', '"6","7"']) {
    expect(parseETagVersion(etag)).toBeUndefined();
  }
});

function outcome(header: string): string {
  try {
    const tags = parseETags(header);
    if (tags === "*") return "*";
    return tags.length > 0 ? "tags" : "no tags";
  } catch (error) {
    return isGraphError(error, "BadRequest") ? "malformed" : String(error);
  }
}

test.each([Number.NaN, -1, 1.5, 1e21, Infinity])("%d is not a version", (version) => {
  expect(() => formatETag(version)).toThrowError(
    new RangeError(`A version is a whole number from 0, not ${version}.`),
  );
});
