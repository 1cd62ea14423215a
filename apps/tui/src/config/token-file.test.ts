import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { mayBeToken, wholePath } from "./token-file.ts";

const folder = resolve("folder");

test.each([
  ["tok", join(folder, "tok")],
  ["./tok", join(folder, "tok")],
  ["~", homedir()],
  ["~/tok", join(homedir(), "tok")],
  ["~\\tok", resolve(folder, `${homedir()}\\tok`)],
  // Only the home of the person, not that of another.
  ["~ada/tok", join(folder, "~ada", "tok")],
  ["a/~/tok", join(folder, "a", "~", "tok")],
  [resolve("tok"), resolve("tok")],
])("the path %j leads to %j", (path, whole) => {
  expect(wholePath(path, folder)).toBe(whole);
});

test.each([
  ["eyJhbGciOi.x.y", true],
  ['"eyJhbGciOi.x.y"', true],
  ["token=eyJhbGciOi.x.y", true],
  ['{"access_token":"eyJhbGciOi.x.y"}', true],
  ["/home/ada/eyJhbGciOi", true],
  ["x".repeat(256), true],
  ["x".repeat(255), false],
  ["/home/ada/token", false],
  ["eyj", false],
])("whether %j may be a token: %j", (path, may) => {
  expect(mayBeToken(path)).toBe(may);
});
