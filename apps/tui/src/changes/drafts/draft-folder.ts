import { readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Draft, DraftPlace, FoundDraft } from "./draft.ts";
import {
  formatDraftName,
  parseDraftName,
  parseSessionName,
  placeName,
  unfinishedSession,
} from "./draft-name.ts";
import { formatDraft, parseDraft } from "./draft-text.ts";
import {
  isMissing,
  makePrivateFolder,
  readPrivateFile,
  removePrivateFile,
  syncFolder,
  writePrivateFile,
} from "./private-files.ts";
import { formatSession, isAlive } from "./session.ts";

/** The drafts of one server and tenant, and the session that writes its own among them. Every call may fail. */
export interface DraftFolder {
  /** What editors that have ended left behind, the newest first, and what else is there. */
  find(): Promise<FoundDrafts>;
  /** Takes drafts of ended editors over, one for each app. Of several editors that want one, one gets it. */
  claim(keys: readonly string[]): Promise<ClaimedDrafts>;
  /** Removes drafts of ended editors. */
  discard(keys: readonly string[]): Promise<void>;
  /** Replaces this session's draft of an app; undefined removes it. It is on disk at the end. */
  write(appId: string, draft: Draft | undefined): Promise<void>;
  /** Says that this session still runs. Gives the apps whose drafts another editor has taken meanwhile. */
  touch(): Promise<readonly string[]>;
  /** The apps that other running editors have drafts of. */
  elsewhere(): Promise<readonly string[]>;
  /** Ends this session; its drafts stay. */
  end(): Promise<void>;
}

/** Drafts that are this session's from now on. */
export interface ClaimedDrafts {
  readonly drafts: readonly Draft[];
  /** Why others could not be taken; undefined where another editor has them. */
  readonly failure: unknown;
}

/** What a folder of drafts holds. */
export interface FoundDrafts {
  readonly drafts: readonly FoundDraft[];
  /** Files that a newer version of this program has written. */
  readonly newer: readonly string[];
  /** Files that are no drafts of this place. */
  readonly broken: readonly string[];
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
    if ((await modified(sessionPath(session))) === undefined) await writeSession();
  }

  async function writeSession(): Promise<void> {
    await writePrivateFile(sessionPath(session), await formatSession());
  }

  async function find(): Promise<FoundDrafts> {
    await prepare();
    // Its own file was just written, so that its time is the time of the disk.
    await writeSession();
    const isEnded = await endedSessions();
    const drafts: FoundDraft[] = [];
    const newer: string[] = [];
    const broken: string[] = [];
    for (const name of (await readdir(here)).toSorted()) {
      const unfinished = unfinishedSession(name);
      if (unfinished !== undefined && (await isEnded(unfinished))) await removePrivateFile(pathOf(name));
      const parsed = parseDraftName(name);
      if (parsed === undefined || !(await isEnded(parsed.session))) continue;
      const found = await readDraft(name, parsed.appId);
      if (found === undefined) continue;
      if (found.kind === "newer") newer.push(pathOf(name));
      else if (found.kind === "broken") broken.push(pathOf(name));
      else drafts.push({ key: name, savedAt: found.savedAt, draft: found.draft });
    }
    // A killed editor leaves its session's file; without it the session has ended all the same.
    for (const name of await readdir(sessions)) {
      const id = parseSessionName(name);
      if (id !== undefined && (await isEnded(id))) await removePrivateFile(join(sessions, name));
    }
    return { drafts: drafts.toSorted((one, other) => other.savedAt - one.savedAt), newer, broken };
  }

  /** The draft of a file; undefined where it is gone. */
  async function readDraft(name: string, appId: string): Promise<ReturnType<typeof parseDraft> | undefined> {
    try {
      const text = await readPrivateFile(pathOf(name));
      if (text === undefined) return undefined;
      const parsed = parseDraft(text, place);
      const isOther = parsed.kind === "draft" && parsed.draft.app.id.toLowerCase() !== appId;
      return isOther ? { kind: "broken" } : parsed;
    } catch {
      return { kind: "broken" };
    }
  }

  async function claim(keys: readonly string[]): Promise<ClaimedDrafts> {
    const drafts: Draft[] = [];
    let failure: unknown;
    try {
      await prepare();
      for (const key of keys) {
        const claimed = await claimOne(key);
        if (claimed !== undefined) drafts.push(claimed);
      }
      await syncFolder(here);
    } catch (error) {
      failure = error;
    }
    return { drafts, failure };
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
    const found = await readDraft(name, parsed.appId);
    return found?.kind === "draft" ? found.draft : undefined;
  }

  async function discard(keys: readonly string[]): Promise<void> {
    for (const key of keys) if (parseDraftName(key) !== undefined) await removePrivateFile(pathOf(key));
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
    for (const appId of own) if ((await modified(ownPath(appId))) === undefined) taken.push(appId);
    for (const appId of taken) own.delete(appId);
    return taken;
  }

  async function elsewhere(): Promise<readonly string[]> {
    const isEnded = await endedSessions();
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

  /** Tells sessions that have ended, each looked up once. This one has not. */
  async function endedSessions(): Promise<(id: string) => Promise<boolean>> {
    const now = (await modified(sessionPath(session))) ?? Date.now();
    const known = new Map<string, Promise<boolean>>([[session, Promise.resolve(false)]]);
    return (id) => {
      const answer = known.get(id) ?? isAlive(sessionPath(id), now).then((alive) => !alive);
      known.set(id, answer);
      return answer;
    };
  }
}

/** When a file was written; undefined where there is none. */
async function modified(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
