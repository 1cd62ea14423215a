import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { describeFault } from "./file-fault.ts";
import { makeDraft } from "./draft-file.ts";
import { removeFile, tryToRemove } from "./remove-file.ts";

const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a file that is missing is removed, and what cannot be removed is told as a fault of the system", () => {
  removeFile(join(folder, "none"));
  removeFile(join(folder, "none", "of.it"));
  // No system removes a folder as a file.
  const kept = join(folder, "kept");
  mkdirSync(kept);
  let thrown: unknown;
  try {
    removeFile(kept);
  } catch (error) {
    thrown = error;
  }
  expect(describeFault(thrown)).toMatch(/^cannot be used: (?:it is a folder|permission denied)$/);
  tryToRemove(kept);
  expect(existsSync(kept)).toBe(true);
});

/** Work on a draft that cannot be removed. */
function failWithDraft(): void {
  using draft = makeDraft(join(folder, "store.db"));
  rmSync(draft.path);
  mkdirSync(draft.path);
  throw new TypeError("the work has failed");
}

test("a draft that cannot be removed does not take the place of what ended the work", () => {
  expect(failWithDraft).toThrow(new TypeError("the work has failed"));
});
