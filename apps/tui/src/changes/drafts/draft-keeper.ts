import { fileErrorText } from "@install-summary/command-line/errors";
import type { KnownApp } from "../../words/known-app.ts";
import type { Draft } from "./draft.ts";
import type { DraftFolder } from "./draft-folder.ts";
import type { DraftNews } from "./draft-news.ts";
import { createKeptDrafts } from "./kept-drafts.ts";
import { createTurns } from "./turns.ts";

/** Keeps this session's drafts on disk: one thing at a time, of an app the newest next. Reports, and never throws. */
export interface DraftKeeper {
  /** Looks for what ended editors have left behind. */
  find(): void;
  claim(keys: readonly string[]): void;
  discard(keys: readonly string[]): void;
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

/** How often a session says that it still runs. */
const touchInterval = 30_000;
/** How long a disk may take; after that it does not respond. */
const maxWait = 5000;
const notResponding = "the disk does not respond";

/** Creates the keeper of a folder, which is opened when it is first needed. */
export function createDraftKeeper(
  open: () => Promise<DraftFolder>,
  report: (news: DraftNews) => void,
): DraftKeeper {
  let opened: Promise<DraftFolder> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let elsewhere = "";
  let hasFailed = false;
  let reason = notResponding;
  let told = "";
  const kept = createKeptDrafts();
  const unwritten = new Set<string>();
  const waiting = new Map<string, Draft | undefined>();
  const writing = new Map<string, Promise<void>>();
  const turns = createTurns(maxWait);

  return { find, claim, discard, save, written, marked, close, stale: () => kept.stale() };

  function find(): void {
    void attempt(async (folder) => {
      const { failure, ...found } = await folder.find();
      // Before what was found, which is shown with it.
      if (failure !== undefined) fail(failure);
      report({ kind: "draftsFound", ...found });
      await lookElsewhere(folder);
      if (failure !== undefined) throw failure;
    });
  }

  function claim(keys: readonly string[]): void {
    const late = new AbortController();
    const giveUp = (): void => {
      late.abort();
      report({ kind: "draftsClaimed", drafts: [], keys, reason: notResponding });
    };
    void (async () => {
      try {
        const { drafts: claimed, failure } = await inTurn(
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
        const gone = await inTurn(
          (folder) => folder.discard(keys),
          () => tell([], notResponding),
        );
        recover();
        tell(gone);
      } catch (error) {
        tell([], fileErrorText(error));
      }
    })();
  }

  function save(appId: string, draft: Draft | undefined): void {
    const isNew = kept.want(appId, draft);
    waiting.set(appId, draft);
    if (!writing.has(appId)) writing.set(appId, drain(appId));
    if (isNew) void written(appId).then(() => attempt(lookElsewhere));
  }

  async function drain(appId: string): Promise<void> {
    while (waiting.has(appId)) {
      const draft = waiting.get(appId);
      waiting.delete(appId);
      try {
        await inTurn(
          (folder) => kept.put(folder, appId, draft),
          () => {
            unwritten.add(appId);
            tellStale();
          },
        );
        if (unwritten.delete(appId)) report({ kind: "draftWritten", appId });
        recover();
      } catch (error) {
        unwritten.add(appId);
        fail(error);
      }
      tellStale();
    }
    writing.delete(appId);
  }

  async function written(appId: string): Promise<void> {
    await Promise.race([writing.get(appId), turns.late()]);
  }

  async function marked(appId: string): Promise<string | undefined> {
    await written(appId);
    return kept.isStale(appId) ? reason : undefined;
  }

  function tellStale(): void {
    const apps = kept.stale().filter(({ id }) => unwritten.has(id));
    const now = apps.map(({ id }) => id).join(" ");
    if (now !== told) report({ kind: "draftsStale", apps });
    told = now;
  }

  async function close(): Promise<readonly string[]> {
    clearInterval(timer);
    await atMost(maxWait, Promise.race([Promise.all(writing.values()), turns.late()]));
    const left = new Set([...unwritten, ...writing.keys()]);
    // Without its file the session has ended, also where its process goes on for a while. A disk that has not done the
    // rest would not do that either.
    if (writing.size === 0 && opened !== undefined) {
      await atMost(maxWait, Promise.race([inTurn((folder) => folder.end()).catch(() => {}), turns.late()]));
    }
    return [...left].filter((appId) => kept.wanted(appId) !== undefined);
  }

  /** Uses the folder once all that was asked for before is done. A disk that does not respond is told. */
  function inTurn<Result>(
    task: (folder: DraftFolder) => Promise<Result>,
    late: () => void = () => {},
  ): Promise<Result> {
    return turns.take(
      () => folderOf().then(task),
      () => {
        fail(new Error(notResponding));
        late();
      },
    );
  }

  function folderOf(): Promise<DraftFolder> {
    timer ??= setInterval(() => void attempt(touch), touchInterval).unref();
    opened ??= open().catch((error: unknown) => {
      // It may be there the next time.
      opened = undefined;
      throw error;
    });
    return opened;
  }

  async function touch(folder: DraftFolder): Promise<void> {
    const taken = await folder.touch();
    const lost = kept.giveUp(taken);
    if (lost.length > 0) report({ kind: "draftsTaken", appIds: lost });
    for (const appId of new Set([...lost, ...unwritten])) save(appId, kept.wanted(appId));
    await lookElsewhere(folder);
  }

  async function lookElsewhere(folder: DraftFolder): Promise<void> {
    const appIds = await folder.elsewhere();
    const now = appIds.join(" ");
    if (now !== elsewhere) report({ kind: "editedElsewhere", appIds });
    elsewhere = now;
  }

  async function attempt(task: (folder: DraftFolder) => Promise<void>): Promise<void> {
    try {
      await inTurn(task);
      recover();
    } catch (error) {
      fail(error);
    }
  }

  function fail(error: unknown): void {
    reason = fileErrorText(error);
    if (!hasFailed) report({ kind: "draftsFailed", reason });
    hasFailed = true;
  }

  function recover(): void {
    if (hasFailed && unwritten.size === 0) {
      hasFailed = false;
      report({ kind: "draftsKept" });
    }
  }
}

async function atMost(milliseconds: number, task: Promise<unknown> | undefined): Promise<void> {
  const tooLate = Promise.withResolvers<void>();
  const limit = setTimeout(tooLate.resolve, milliseconds);
  await Promise.race([task, tooLate.promise]);
  clearTimeout(limit);
}
