import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder outside this checkout, which is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-release-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment without the settings of the person who runs the tests, and without those of this checkout's pnpm. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^INSTALL_SUMMARY_|^INIT_CWD$|^npm_(?:package|lifecycle)_|^NODE_ENV$/.test(name),
  );
  return Object.fromEntries(inherited);
}
