import { expect, test } from "vitest";
import { programCall } from "./program-call.ts";

test.each([
  ["install-summary", "INSTALL_SUMMARY_PROGRAM"],
  ["install-summary-facade", "INSTALL_SUMMARY_FACADE_PROGRAM"],
] as const)("%s is called by its name, unless its launcher says otherwise", (name, variable) => {
  expect(programCall({}, name)).toBe(name);
  expect(programCall({ [variable]: " " }, name)).toBe(name);
  expect(programCall({ [variable]: "npx -y pnpm@12 script" }, name)).toBe("npx -y pnpm@12 script");
});
