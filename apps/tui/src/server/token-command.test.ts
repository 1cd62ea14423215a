import { expect, test } from "vitest";
import { withoutTokens } from "./token-command.ts";

test.each([
  ["failed: eyJhbGciOi.eyJhdWQiOi.sig", "failed: (a token)"],
  ["token=eyJhbGciOi.eyJhdWQiOi.sig!", "token=(a token)!"],
  ["a.eyJhbGciOi.eyJhdWQiOi.sig", "a.(a token)"],
  ["install-summary.example.com", "install-summary.example.com"],
])("of %j %j is shown", (text, shown) => {
  expect(withoutTokens(text)).toBe(shown);
});

test.each(["a".repeat(1024 * 1024), "aaaaaaaa-".repeat(100_000), "aaaaaaaa.!".repeat(100_000)])(
  "a line of a megabyte that is no token is read in one go",
  (line) => {
    expect(withoutTokens(line) === line).toBe(true);
  },
);
