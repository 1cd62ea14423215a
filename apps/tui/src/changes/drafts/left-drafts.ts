import { fileErrorText } from "@install-summary/command-line/errors";
import { notResponding } from "./disk-trouble.ts";
import type { KeeperParts } from "./draft-writer.ts";

/** What ended editors have left behind. */
export interface LeftDrafts {
  /** Takes drafts over, by their keys. */
  claim(keys: readonly string[]): void;
  /** Throws drafts away. */
  discard(keys: readonly string[]): void;
}

/** Takes over, or throws away, what ended editors have left behind, and reports what came of it. */
export function createLeftDrafts({ kept, turns, trouble, report }: KeeperParts): LeftDrafts {
  return { claim, discard };

  function claim(keys: readonly string[]): void {
    const late = new AbortController();
    const giveUp = (): void => {
      late.abort();
      report({ kind: "draftsClaimed", drafts: [], keys, reason: notResponding });
    };
    void (async () => {
      try {
        const { drafts: claimed, failure } = await turns.take(
          (folder) => folder.claim(keys, late.signal),
          giveUp,
        );
        if (late.signal.aborted) return;
        kept.takeOver(claimed);
        const why = failure === undefined ? undefined : fileErrorText(failure);
        report({ kind: "draftsClaimed", drafts: claimed, keys, reason: why });
      } catch (error) {
        if (late.signal.aborted) return;
        report({ kind: "draftsClaimed", drafts: [], keys, reason: fileErrorText(error) });
      }
    })();
  }

  function discard(keys: readonly string[]): void {
    const tell = (gone: readonly string[], why?: string): void =>
      report({ kind: "draftsDiscarded", keys, gone, reason: why });
    void (async () => {
      try {
        // A disk that responds late has thrown them away all the same, which is told then.
        const gone = await turns.take(
          (folder) => folder.discard(keys),
          () => tell([], notResponding),
        );
        trouble.recover();
        tell(gone);
      } catch (error) {
        tell([], fileErrorText(error));
      }
    })();
  }
}
