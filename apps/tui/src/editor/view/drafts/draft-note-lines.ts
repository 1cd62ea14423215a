import { sentBy, type FoundDraft } from "../../../changes/drafts/draft.ts";
import { failureText } from "../../../words/failure-text.ts";
import { wrapText } from "../../../text/cut.ts";
import { editedCounters } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { contestedIn, statusOf, type DraftStatus, type SentFound } from "../../model/found-drafts.ts";
import type { Glyphs } from "../glyphs.ts";
import { dim, line, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** The notes on the drafts that were found, below a blank row. */
export function draftNoteLines(state: EditorState, glyphs: Glyphs, width: number): readonly Line[] {
  const notes = [...draftNotes(state, glyphs, "R reads again."), ...diskNotes(state)];
  if (notes.length === 0) return [];
  return [line(), ...notes.flatMap((note) => wrapText(note, width - 2).map((row) => line(dim(` ${row}`))))];
}

/**
 * What the signs of the drafts that were found mean, and why what could not be read. `readAgain` says how that is tried again.
 */
function draftNotes(state: EditorState, glyphs: Glyphs, readAgain: string): readonly string[] {
  const statuses = state.drafts.found.map((found) => statusOf(state, found));
  const sent = statuses.flatMap((status) => (status.kind === "sent" ? [status.found] : []));
  const has = (kind: SentFound["kind"]): boolean => sent.some((found) => found.kind === kind);
  const isContested = state.drafts.found.some(
    (found) => editedCounters(contestedIn(state, found)).length > 0,
  );
  const isAnew = statuses.some((status, at) => beganAnew(status, state.drafts.found[at]));
  return [
    has("reading") &&
      "? is read first: what was sent and never confirmed is settled before it can be sent again.",
    ...unreadNotes(state, glyphs, readAgain),
    has("applied") && `${glyphs.done} was applied: nothing is left to send.`,
    has("valuesThere") && `? values there: ${countsAsAppliedText}.`,
    has("notApplied") && `${glyphs.unchanged} was not applied so far: the same can be sent again.`,
    has("mayBeMissing") &&
      "? its account has made an equal change, by this or by another program: look at the history.",
    has("overtaken") &&
      `${glyphs.differs} was sent, and the app was changed since: it comes back as the values that were sent.`,
    isContested && `${glyphs.differs} these counters were changed meanwhile: you decide before it is sent.`,
    isAnew && "Other values: under the same version, as in a store that began anew.",
  ].filter((note) => note !== false);
}

/** What is said of values that alone tell that a change was applied. */
export const countsAsAppliedText = "it counts as applied, though they may be someone else's";

/** Why an app, or the log, could not be read. */
export function unreadNotes(state: EditorState, glyphs: Glyphs, readAgain: string): readonly string[] {
  const unread = state.drafts.found.flatMap((found) => unreadOf(statusOf(state, found)))[0];
  if (unread === undefined) return [];
  const what = unread.what === "log" ? "The change log could not be read" : "Not read";
  const why = outsideText(failureText(unread.failure, "app"), glyphs);
  return [`${what}: ${why} ${readAgain} What was sent is read before it can be sent again.`];
}

/** Whether the disk lets drafts be brought back at all. */
export function diskNotes({ drafts }: EditorState): readonly string[] {
  if (drafts.failure === undefined) return [];
  return [`They cannot be changed on this computer now: ${drafts.failure}. Until that ends they stay there.`];
}

/** Whether a draft has met other values under the version that it was made on, or was sent on. */
function beganAnew(status: DraftStatus, found: FoundDraft | undefined): boolean {
  if (found === undefined) return false;
  const { draft } = found;
  const [met, made] =
    status.kind === "sent" ? [status.found, sentBy(draft)?.change.etag] : [status, draft.app.etag];
  if (met.kind !== "newer" && met.kind !== "overtaken") return false;
  const { etag } = met.latest;
  return etag !== undefined && etag === made;
}

function unreadOf(status: DraftStatus): readonly Extract<DraftStatus, { kind: "unreadable" }>[] {
  const met = status.kind === "sent" ? status.found : status;
  return met.kind === "unreadable" ? [met] : [];
}
