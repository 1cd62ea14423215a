import { expect, test } from "vitest";
import { runTokenCommand, withoutTokens } from "./token-command.ts";

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

test("a command for which no process can be started says so", async () => {
  // More than the system gives to a process.
  const env = { LONG: "x".repeat(8 * 1024 * 1024) };
  await expect(runTokenCommand("true", env, new AbortController().signal)).rejects.toMatchObject({
    name: "UserError",
    code: "TokenCommandFailed",
    message: expect.stringMatching(
      /^INSTALL_SUMMARY_TOKEN_COMMAND could not be started: .*(E2BIG|ENAMETOOLONG|too long)/,
    ),
  });
});
