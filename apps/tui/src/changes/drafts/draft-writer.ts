import type { DiskTrouble } from "./disk-trouble.ts";
import type { Draft } from "./draft.ts";
import type { DraftNews } from "./draft-news.ts";
import type { FolderTurns } from "./folder-turns.ts";
import type { KeptDrafts } from "./kept-drafts.ts";

/** Puts a session's drafts on disk: of an app the newest next. */
export interface DraftWriter {
  write(appId: string, draft: Draft | undefined): void;
  /** Resolves once the newest draft of an app is on disk, or cannot be written. */
  written(appId: string): Promise<void>;
  /** The same of all apps. */
  allWritten(): Promise<void>;
  /** The apps of which something is being written. */
  busy(): readonly string[];
}

/** What the parts of a session's keeper work with. */
export interface KeeperParts {
  readonly kept: KeptDrafts;
  readonly turns: FolderTurns;
  readonly trouble: DiskTrouble;
  readonly report: (news: DraftNews) => void;
}

/** Creates a writer that has nothing to write yet. */
export function createDraftWriter({ kept, turns, trouble, report }: KeeperParts): DraftWriter {
  let told = "";
  const { unwritten } = trouble;
  const waiting = new Map<string, Draft | undefined>();
  const writing = new Map<string, Promise<void>>();

  return {
    write(appId, draft) {
      waiting.set(appId, draft);
      if (!writing.has(appId)) writing.set(appId, drain(appId));
    },
    written: async (appId) => writing.get(appId),
    async allWritten() {
      await Promise.all(writing.values());
    },
    busy: () => [...writing.keys()],
  };

  async function drain(appId: string): Promise<void> {
    while (waiting.has(appId)) {
      const draft = waiting.get(appId);
      waiting.delete(appId);
      try {
        await turns.take(
          (folder) => kept.put(folder, appId, draft),
          () => {
            unwritten.add(appId);
            tellStale();
          },
        );
        // Only the newest draft ends the trouble: what was staged meanwhile is still on its way.
        if (!waiting.has(appId)) recover(appId);
      } catch (error) {
        unwritten.add(appId);
        trouble.fail(error);
      }
      tellStale();
    }
    writing.delete(appId);
  }

  function recover(appId: string): void {
    if (unwritten.delete(appId)) report({ kind: "draftWritten", appId });
    trouble.recover();
  }

  function tellStale(): void {
    const apps = kept.stale().filter(({ id }) => unwritten.has(id));
    const now = apps.map(({ id }) => id).join(" ");
    if (now !== told) report({ kind: "draftsStale", apps });
    told = now;
  }
}
