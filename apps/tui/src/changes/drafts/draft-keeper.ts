import type { KnownApp } from "../../words/known-app.ts";
import type { Draft } from "./draft.ts";
import type { DraftFolder } from "./draft-folder.ts";
import type { DraftNews } from "./draft-news.ts";
import { createKeptDrafts } from "./kept-drafts.ts";
import { createDiskTrouble } from "./disk-trouble.ts";
import { createDraftWriter } from "./draft-writer.ts";
import { createFolderTurns, maxWait } from "./folder-turns.ts";
import { createLeftDrafts, type LeftDrafts } from "./left-drafts.ts";

/** Keeps this session's drafts on disk: one thing at a time, of an app the newest next. Reports, and never throws. */
export interface DraftKeeper extends LeftDrafts {
  /** Looks for what ended editors have left behind. */
  find(): void;
  /** Keeps the draft of an app as it is now; undefined removes it. */
  save(appId: string, draft: Draft | undefined): void;
  /** Resolves once the newest draft of an app is on disk, cannot be written, or the disk does not respond. */
  written(appId: string): Promise<void>;
  /**
   * The same before a change of the app is sent. Gives why a draft on disk still says that it was not, as the end of a
   * sentence; undefined where none does.
   */
  marked(appId: string): Promise<string | undefined>;
  /** Ends the session: its drafts stay. Gives the apps whose drafts could not be written. */
  close(): Promise<readonly string[]>;
  /** The apps that have a draft on disk which says that a change was not sent, though it was sent, dropped or replaced. */
  stale(): readonly KnownApp[];
}

/** How often a session says that it still runs, in milliseconds. */
const touchInterval = 30_000;

/** Creates the keeper of a folder, which is opened when it is first needed. */
export function createDraftKeeper(
  open: () => Promise<DraftFolder>,
  report: (news: DraftNews) => void,
): DraftKeeper {
  let timer: NodeJS.Timeout | undefined;
  let elsewhere = "";
  const kept = createKeptDrafts();
  const trouble = createDiskTrouble(report);
  const turns = createFolderTurns(() => {
    timer ??= setInterval(() => void turns.attempt(touch), touchInterval).unref();
    return open();
  }, trouble);
  const writer = createDraftWriter({ kept, turns, trouble, report });

  const ofOthers = createLeftDrafts({ kept, turns, trouble, report });

  return { ...ofOthers, find, save, written, marked, close, stale: () => kept.stale() };

  function find(): void {
    void turns.attempt(async (folder) => {
      const { failure, ...found } = await folder.find();
      // Before what was found, which is shown with it.
      if (failure !== undefined) trouble.fail(failure);
      report({ kind: "draftsFound", ...found });
      await lookElsewhere(folder);
      if (failure !== undefined) throw failure;
    });
  }

  function save(appId: string, draft: Draft | undefined): void {
    const isNew = kept.want(appId, draft);
    writer.write(appId, draft);
    if (isNew) void written(appId).then(() => turns.attempt(lookElsewhere));
  }

  async function written(appId: string): Promise<void> {
    await Promise.race([writer.written(appId), turns.late()]);
  }

  async function marked(appId: string): Promise<string | undefined> {
    await written(appId);
    return kept.isStale(appId) ? trouble.reason() : undefined;
  }

  async function close(): Promise<readonly string[]> {
    clearInterval(timer);
    await atMost(maxWait, Promise.race([writer.allWritten(), turns.late()]));
    const busy = writer.busy();
    const left = new Set([...trouble.unwritten, ...busy]);
    // Without its file the session has ended, also where its process goes on for a while. A disk that has not done the
    // rest would not do that either.
    if (busy.length === 0 && turns.isOpened()) {
      const ended = turns.take((folder) => folder.end()).catch(() => {});
      await atMost(maxWait, Promise.race([ended, turns.late()]));
    }
    return [...left].filter((appId) => kept.wanted(appId) !== undefined);
  }

  async function touch(folder: DraftFolder): Promise<void> {
    const taken = await folder.touch();
    const lost = kept.giveUp(taken);
    if (lost.length > 0) report({ kind: "draftsTaken", appIds: lost });
    for (const appId of new Set([...lost, ...trouble.unwritten])) save(appId, kept.wanted(appId));
    await lookElsewhere(folder);
  }

  async function lookElsewhere(folder: DraftFolder): Promise<void> {
    const appIds = await folder.elsewhere();
    const now = appIds.join(" ");
    if (now !== elsewhere) report({ kind: "editedElsewhere", appIds });
    elsewhere = now;
  }
}

async function atMost(milliseconds: number, task: Promise<unknown> | undefined): Promise<void> {
  const tooLate = Promise.withResolvers<void>();
  const limit = setTimeout(tooLate.resolve, milliseconds);
  await Promise.race([task, tooLate.promise]);
  clearTimeout(limit);
}
