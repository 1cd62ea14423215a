import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const home = mkdtempSync(join(tmpdir(), "install-summary-home-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/**
 * A home for the programs of a test file, as variables: what the person who runs the tests keeps in theirs does not apply, and
 * nothing is left there. Without such a variable a program finds their home all the same.
 */
export const ownHome: Readonly<Record<string, string>> = {
  HOME: home,
  USERPROFILE: home,
  APPDATA: home,
  LOCALAPPDATA: home,
};
