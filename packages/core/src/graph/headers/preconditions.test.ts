import { describe, expect, test } from "vitest";
import { parsePreconditions, parseWritePreconditions } from "./preconditions.ts";

describe("preconditions", () => {
  test("are kept as they were sent, and dates are ignored", () => {
    const headers = new Headers({
      "If-Match": 'W/"1", "2"',
      "If-None-Match": "*",
      "If-Modified-Since": "yesterday",
    });
    expect(parsePreconditions(headers)).toEqual({ ifMatch: 'W/"1", "2"', ifNoneMatch: "*" });
    expect(parsePreconditions(new Headers())).toEqual({});
  });

  test.each(["", '"a', '*, "1"'])("If-Match: %s is malformed, and so is If-None-Match", (value) => {
    const message = "ETag header is malformed. ETags must be quoted strings.";
    expect(() => parsePreconditions(new Headers({ "If-Match": value }))).toThrow(message);
    expect(() => parsePreconditions(new Headers({ "If-None-Match": value }))).toThrow(message);
  });

  test("of a write are never ignored", () => {
    const headers = new Headers({ "If-Unmodified-Since": "Sat, 29 Oct 1994 19:43:31 GMT" });
    expect(() => parseWritePreconditions(headers, { requireIfMatch: false })).toThrow("If-Unmodified-Since");
  });

  test("of a write may be required", () => {
    const policy = { requireIfMatch: true };
    expect(() => parseWritePreconditions(new Headers({ "If-None-Match": '"1"' }), policy)).toThrow(
      "The If-Match header must be specified for this kind of request.",
    );
    expect(parseWritePreconditions(new Headers({ "If-Match": "*" }), policy)).toEqual({ ifMatch: "*" });
  });
});
