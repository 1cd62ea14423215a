import { fileErrorText } from "@install-summary/command-line/errors";
import type { DraftNews } from "./draft-news.ts";

/** What the disk with the drafts refuses: that is told once, and so is that it does no more. */
export interface DiskTrouble {
  /** The apps whose newest draft is not on disk. */
  readonly unwritten: Set<string>;
  /** What it refused last, as the end of a sentence. */
  reason(): string;
  fail(error: unknown): void;
  /** Something has worked: the trouble is over where no draft is unwritten. */
  recover(): void;
}

/** That is said of a disk that takes too long. */
export const notResponding = "the disk does not respond";

/** Creates the trouble of a disk that has refused nothing yet. */
export function createDiskTrouble(report: (news: DraftNews) => void): DiskTrouble {
  let hasFailed = false;
  let reason = notResponding;
  const unwritten = new Set<string>();
  return {
    unwritten,
    reason: () => reason,
    fail(error) {
      reason = fileErrorText(error);
      if (!hasFailed) report({ kind: "draftsFailed", reason });
      hasFailed = true;
    },
    recover() {
      if (!hasFailed || unwritten.size > 0) return;
      hasFailed = false;
      report({ kind: "draftsKept" });
    },
  };
}
