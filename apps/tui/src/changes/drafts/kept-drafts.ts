import type { KnownApp } from "../../words/known-app.ts";
import { saysNotSent, sentBy, type Draft } from "./draft.ts";
import type { DraftFolder } from "./draft-folder.ts";

/** A session's drafts as they are to be, beside what is on disk. */
export interface KeptDrafts {
  /** Notes how the draft of an app is to be; undefined for none. True where the app had none. */
  want(appId: string, draft: Draft | undefined): boolean;
  wanted(appId: string): Draft | undefined;
  /** Notes drafts that this session has taken over: they are on disk, and not staged yet. */
  takeOver(drafts: readonly Draft[]): void;
  /** Puts the draft of an app on disk. */
  put(folder: DraftFolder, appId: string, draft: Draft | undefined): Promise<void>;
  /** Notes drafts that another session has taken over, by their ids in lower case. Gives the apps that are to have one here. */
  giveUp(taken: readonly string[]): readonly string[];
  /** Whether the draft on disk says that a change was not sent, though it was sent, dropped or replaced. */
  isStale(appId: string): boolean;
  /** The apps whose draft on disk says so. */
  stale(): readonly KnownApp[];
}

/** Creates the notes of a session that has no drafts yet. */
export function createKeptDrafts(): KeptDrafts {
  const drafts = new Map<string, Draft>();
  const onDisk = new Map<string, Draft>();
  // Apps whose draft on disk was sent or dropped. The same edit, typed once more, is another one.
  const settled = new Set<string>();

  return { want, wanted, takeOver, put, giveUp, isStale, stale };

  function want(appId: string, draft: Draft | undefined): boolean {
    const before = drafts.get(appId);
    set(drafts, appId, draft);
    if (before !== undefined && draft === undefined) settle(appId, before);
    // A step that brings back what was dropped makes the draft on disk true again.
    if (draft === onDisk.get(appId)) settled.delete(appId);
    return before === undefined && draft !== undefined;
  }

  function settle(appId: string, before: Draft): void {
    const request = onDisk.get(appId)?.pending?.clientRequestId;
    // The next start tells of this request by itself, whatever is typed or sent after it.
    if (request !== undefined && request === sentBy(before)?.clientRequestId) onDisk.delete(appId);
    else if (onDisk.has(appId)) settled.add(appId);
  }

  function wanted(appId: string): Draft | undefined {
    return drafts.get(appId);
  }

  function takeOver(claimed: readonly Draft[]): void {
    for (const draft of claimed) onDisk.set(draft.app.id, draft);
  }

  /**
   * Where that fails, one there that says that the change was not sent is removed before it is sent: the next start would
   * offer it again. On a full disk that makes the room for the new one.
   */
  async function put(folder: DraftFolder, appId: string, draft: Draft | undefined): Promise<void> {
    try {
      await folder.write(appId, draft);
    } catch (error) {
      if (draft?.pending === undefined || !saysNotSent(onDisk.get(appId), draft)) throw error;
      await folder.write(appId, undefined);
      onDisk.delete(appId);
      await folder.write(appId, draft);
    }
    set(onDisk, appId, draft);
    settled.delete(appId);
  }

  function giveUp(taken: readonly string[]): readonly string[] {
    const isTaken = (appId: string): boolean => taken.includes(appId.toLowerCase());
    for (const appId of [...onDisk.keys()].filter(isTaken)) {
      onDisk.delete(appId);
      settled.delete(appId);
    }
    return [...drafts.keys()].filter(isTaken);
  }

  function isStale(appId: string): boolean {
    return settled.has(appId) || saysNotSent(onDisk.get(appId), drafts.get(appId));
  }

  function stale(): readonly KnownApp[] {
    return [...onDisk].flatMap(([appId, { app }]) => (isStale(appId) ? app : []));
  }
}

function set(drafts: Map<string, Draft>, appId: string, draft: Draft | undefined): void {
  if (draft === undefined) drafts.delete(appId);
  else drafts.set(appId, draft);
}
