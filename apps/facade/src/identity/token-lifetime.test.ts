import { expect, test } from "vitest";
import { lifetimeOf } from "./token.ts";

test("a lifetime is a number of seconds, by default an hour", () => {
  expect([lifetimeOf(), lifetimeOf(90), lifetimeOf(-1)]).toEqual([3600, 90, -1]);
  for (const wrong of ["1h", "90", Number.NaN, Infinity, null, {}])
    expect(() => lifetimeOf(wrong)).toThrow(/^expiresIn must be a number of seconds, not '/);
});
