import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { DraftPlace, FoundDraft } from "./draft.ts";
import { parseDraftName, parseSessionName, unfinishedSession } from "./draft-name.ts";
import { parseDraft, type ParsedDraft } from "./draft-text.ts";
import { readPrivateFile, removePrivateFile } from "./private-files.ts";
import type { IsEnded } from "./session.ts";

/** What a folder of drafts holds. */
export interface FoundDrafts {
  readonly drafts: readonly FoundDraft[];
  /** Files that a newer version of this program has written. */
  readonly newer: readonly string[];
  /** Files that are no drafts of this place. */
  readonly broken: readonly string[];
}

/**
 * Finds the drafts in a folder whose sessions have ended, the newest first. Removes what else these have left there and in
 * the folder of sessions, where the disk lets it.
 */
export async function findDrafts(
  folder: string,
  sessions: string,
  place: DraftPlace,
  isEnded: IsEnded,
): Promise<FoundDrafts> {
  const drafts: FoundDraft[] = [];
  const newer: string[] = [];
  const broken: string[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const unfinished = unfinishedSession(name);
    if (unfinished !== undefined && (await isEnded(unfinished))) await removeLeft(join(folder, name));
    const parsed = parseDraftName(name);
    if (parsed === undefined || !(await isEnded(parsed.session))) continue;
    const found = await readDraft(folder, name, place);
    if (found === undefined) continue;
    if (found.kind === "newer") newer.push(join(folder, name));
    else if (found.kind === "broken") broken.push(join(folder, name));
    else drafts.push({ key: name, savedAt: found.savedAt, draft: found.draft });
  }
  // A killed editor leaves its session's file; without it the session has ended all the same.
  for (const name of await readdir(sessions)) {
    const id = parseSessionName(name);
    if (id !== undefined && (await isEnded(id))) await removeLeft(join(sessions, name));
  }
  return { drafts: drafts.toSorted((one, other) => other.savedAt - one.savedAt), newer, broken };
}

/** Removes a file that is of no use any more. Where it stays, as on a read-only disk, it does no harm. */
async function removeLeft(path: string): Promise<void> {
  await removePrivateFile(path).catch(() => {});
}

/** The draft of a file of the folder, which is of the app that its name says; undefined where it is gone. */
export async function readDraft(
  folder: string,
  name: string,
  place: DraftPlace,
): Promise<ParsedDraft | undefined> {
  try {
    const text = await readPrivateFile(join(folder, name));
    if (text === undefined) return undefined;
    const parsed = parseDraft(text, place);
    const appId = parseDraftName(name)?.appId;
    const isOther = parsed.kind === "draft" && parsed.draft.app.id.toLowerCase() !== appId;
    return isOther ? { kind: "broken" } : parsed;
  } catch {
    return { kind: "broken" };
  }
}
