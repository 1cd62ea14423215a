import { expect, test } from "vitest";
import { programCall } from "./program-call.ts";

test("the program is called by its name, unless its launcher says otherwise", () => {
  expect(programCall({})).toBe("install-summary");
  expect(programCall({ INSTALL_SUMMARY_PROGRAM: " " })).toBe("install-summary");
  expect(programCall({ INSTALL_SUMMARY_PROGRAM: "npx -y pnpm@12 tui" })).toBe("npx -y pnpm@12 tui");
});
