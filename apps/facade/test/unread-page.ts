import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";
import { temporaryFolder } from "./stores.ts";

/** A disk that does not give some pages of a file. */
export interface UnreadPage {
  /** What programs are started with that are to meet it. */
  readonly env: Readonly<Record<string, string>>;
  readonly fail: () => void;
  readonly mend: () => void;
}

/** Makes the pages of a file bad that hold a text. Skips the test where no C compiler is there for it. */
export function makeUnreadPage({ skip }: Pick<TestContext, "skip">, file: string, text: string): UnreadPage {
  const place = temporaryFolder();
  const library = join(place, "unread-page.so");
  const source = fileURLToPath(new URL("unread-page.c", import.meta.url));
  const { status } = spawnSync("cc", ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
  skip(status !== 0 || process.platform !== "linux", "no C compiler for Linux is here");
  const bad = join(place, "bad");
  return {
    env: { LD_PRELOAD: library, UNREAD_FILE: file, UNREAD_TEXT: text, UNREAD_WHILE: bad },
    fail: () => writeFileSync(bad, ""),
    mend: () => rmSync(bad),
  };
}
