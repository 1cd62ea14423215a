import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Draft, DraftPlace } from "./draft.ts";
import { formatDraftName, parseDraftName, placeName } from "./draft-name.ts";
import { formatDraft } from "./draft-text.ts";
import { findDrafts, readDraft, type FoundDrafts } from "./find-drafts.ts";
import {
  checkPrivateFolder,
  isMissing,
  makePrivateFolder,
  removePrivateFile,
  syncFolder,
  timeOf,
  writePrivateFile,
} from "./private-files.ts";
import { endedSessions, formatSession } from "./session.ts";

/** The drafts of one server and tenant, and the session that writes its own among them. Every call may fail. */
export interface DraftFolder {
  /** What editors that have ended left behind, the newest first, and what else is there. Where nothing can be written too. */
  find(): Promise<FoundInFolder>;
  /**
   * Takes drafts of ended editors over, one for each app. Of several editors that want one, one gets it. Where that is
   * given up meanwhile, those that were taken are put back.
   */
  claim(keys: readonly string[], signal?: AbortSignal): Promise<ClaimedDrafts>;
  /** Removes drafts of ended editors. Gives those that were gone before: another editor has taken or removed them. */
  discard(keys: readonly string[]): Promise<readonly string[]>;
  /** Replaces this session's draft of an app; undefined removes it. It is on disk at the end. */
  write(appId: string, draft: Draft | undefined): Promise<void>;
  /** Says that this session still runs. Gives the apps whose drafts another editor has taken meanwhile. */
  touch(): Promise<readonly string[]>;
  /** The apps that other running editors have drafts of. */
  elsewhere(): Promise<readonly string[]>;
  /** Ends this session; its drafts stay. */
  end(): Promise<void>;
}

/** What is in the folder. */
export interface FoundInFolder extends FoundDrafts {
  /** Why nothing of it can be changed; undefined where that is not so. */
  readonly failure: unknown;
}

/** Drafts that are this session's from now on. */
export interface ClaimedDrafts {
  readonly drafts: readonly Draft[];
  /** Why others could not be taken; undefined where they are no longer there. */
  readonly failure: unknown;
}

/** Opens the drafts below a folder, which is made when it is first used. `session` is the GUID of this one. */
export function openDraftFolder(folder: string, place: DraftPlace, session: string): DraftFolder {
  const here = join(folder, placeName(place));
  const sessions = join(folder, "sessions");
  const own = new Set<string>();
  const pathOf = (name: string): string => join(here, name);
  const sessionPath = (id: string): string => join(sessions, `${id}.json`);
  const ownPath = (appId: string): string => pathOf(formatDraftName({ appId, session }));

  return { find, claim, discard, write, touch, elsewhere, end };

  /** Before each use: the folders are there and this user's own, and others see that this session runs. */
  async function prepare(): Promise<void> {
    for (const path of [folder, sessions, here]) await makePrivateFolder(path);
    if ((await timeOf(sessionPath(session))) === undefined) await writeSession();
  }

  async function writeSession(): Promise<void> {
    await writePrivateFile(sessionPath(session), await formatSession());
  }

  async function find(): Promise<FoundInFolder> {
    let failure: unknown;
    try {
      await prepare();
      // Its own file was just written, so that its time is the time of the disk.
      await writeSession();
    } catch (error) {
      // To read takes folders that are there and this user's own, and nothing else.
      if (!(await areOurs())) throw error;
      failure = error;
    }
    const found = await findDrafts(here, sessions, place, await endedSessions(sessions, session));
    return { ...found, failure };
  }

  async function areOurs(): Promise<boolean> {
    try {
      for (const path of [folder, sessions, here]) await checkPrivateFolder(path);
      return true;
    } catch {
      return false;
    }
  }

  async function claim(keys: readonly string[], signal?: AbortSignal): Promise<ClaimedDrafts> {
    const claimed = new Map<string, Draft>();
    let failure: unknown;
    try {
      await prepare();
      for (const key of keys) {
        const draft = signal?.aborted === true ? undefined : await claimOne(key);
        if (draft !== undefined) claimed.set(key, draft);
      }
      await syncFolder(here);
    } catch (error) {
      failure = error;
    }
    if (signal?.aborted !== true) return { drafts: [...claimed.values()], failure };
    for (const [key, { app }] of claimed) await putBack(key, app.id);
    return { drafts: [], failure };
  }

  async function putBack(key: string, appId: string): Promise<void> {
    await rename(ownPath(appId), pathOf(key));
    own.delete(appId.toLowerCase());
  }

  /** Takes a draft over; undefined where it is gone, or this session has one of the app. */
  async function claimOne(key: string): Promise<Draft | undefined> {
    const parsed = parseDraftName(key);
    if (parsed === undefined || own.has(parsed.appId)) return undefined;
    const name = formatDraftName({ ...parsed, session });
    try {
      // It fails for all but the first one, whose session names the file from then on.
      await rename(pathOf(key), pathOf(name));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    own.add(parsed.appId);
    const found = await readDraft(here, name, place);
    if (found?.kind === "draft") return found.draft;
    // It could be read when it was found, and may be the next time: until then it is as it was.
    await putBack(key, parsed.appId);
    throw new Error("a draft cannot be read");
  }

  async function discard(keys: readonly string[]): Promise<readonly string[]> {
    const gone: string[] = [];
    for (const key of keys) {
      if (parseDraftName(key) !== undefined && !(await removePrivateFile(pathOf(key)))) gone.push(key);
    }
    return gone;
  }

  async function write(appId: string, draft: Draft | undefined): Promise<void> {
    const key = appId.toLowerCase();
    if (draft === undefined) {
      if (!own.has(key)) return;
      await removePrivateFile(ownPath(appId));
      own.delete(key);
      return;
    }
    await prepare();
    await writePrivateFile(ownPath(appId), formatDraft(draft, place, Date.now()));
    own.add(key);
  }

  async function touch(): Promise<readonly string[]> {
    await prepare();
    await writeSession();
    const taken: string[] = [];
    for (const appId of own) if ((await timeOf(ownPath(appId))) === undefined) taken.push(appId);
    for (const appId of taken) own.delete(appId);
    return taken;
  }

  async function elsewhere(): Promise<readonly string[]> {
    const isEnded = await endedSessions(sessions, session);
    const apps = new Set<string>();
    for (const name of await readdir(here)) {
      const parsed = parseDraftName(name);
      if (parsed === undefined || parsed.session === session || (await isEnded(parsed.session))) continue;
      apps.add(parsed.appId);
    }
    return [...apps];
  }

  async function end(): Promise<void> {
    await removePrivateFile(sessionPath(session));
  }
}
