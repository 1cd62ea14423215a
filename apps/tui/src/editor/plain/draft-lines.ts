import type { CounterEdit } from "@install-summary/core";
import { appIdentity } from "../../words/app-identity.ts";
import { timeText } from "../../words/clock-time.ts";
import { formatCount } from "../../words/format-count.ts";
import type { FoundDraft } from "../../changes/drafts/draft.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedCounters, editedValue } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { contestedIn, editsBack, latestOf, statusOf } from "../model/found-drafts.ts";
import { counted } from "../view/counted.ts";
import { countsAsAppliedText, diskNotes, unreadNotes } from "../view/drafts/draft-note-lines.ts";
import { statusWords } from "../view/drafts/status-words.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { amountText } from "./amount-text.ts";

/** The drafts that were found, each with its number and its edits, and what can be typed. */
export function plainDrafts(state: EditorState, glyphs: Glyphs): readonly string[] {
  const { found } = state.drafts;
  const isOne = found.length === 1;
  return [
    `${counted(found.length, "draft")} ${isOne ? "was" : "were"} found on this computer. Nothing was lost.`,
    ...found.map((one, place) => `${place + 1}. ${draftText(state, one, glyphs)}`),
    // The words of each draft say what the signs say.
    ...unreadNotes(state, glyphs, "Type again to read once more."),
    ...diskNotes(state),
    isOne
      ? "Type enter to bring it back, no to leave it for later, or drop 1 to throw it away."
      : "Type enter to bring all back, a number for only that one, no to leave them for later, or drop 1 to throw one away.",
  ];
}

function draftText(state: EditorState, found: FoundDraft, glyphs: Glyphs): string {
  const { app } = found.draft;
  const edits = editsBack(state, found);
  const status = statusOf(state, found);
  const contested = contestedIn(state, found);
  const theirs = latestOf(state, app.id)?.app ?? app;
  const both = editedCounters(contested).length;
  const changed = both === 0 ? "" : `, ${counted(both, "counter")} changed on both sides`;
  const values = editedCounters(edits).flatMap((name) => {
    const edit = edits[name];
    if (edit === undefined) return [];
    const typedOn = contested[name];
    const before = typedOn ?? app.installSummary[name];
    const label = describeCounter(name).label.toLowerCase();
    const value = `${label} ${formatCount(before)} to ${formatCount(editedValue(before, edit))}${amountText(edit)}`;
    const there = theirs.installSummary[name];
    if (typedOn !== undefined) return [`${value}, changed to ${formatCount(there)} meanwhile`];
    const isMoved = status.kind === "newer" && there !== before;
    return [isMoved ? value + movedText(there, edit) : value];
  });
  const isByValues = status.kind === "sent" && status.found.kind === "valuesThere";
  const known = isByValues ? `, so ${countsAsAppliedText}` : "";
  const { text } = statusWords(status, found, both, state.now, glyphs);
  return `${appIdentity(app)}, saved ${timeText(found.savedAt, state.now)}, ${text}${known}${changed}: ${values.join(", ")}.`;
}

/** What an edit that others leave nothing to decide of makes of the value that they have set. */
function movedText(there: number, edit: CounterEdit): string {
  const value = editedValue(there, edit);
  return value === there ? ", there already" : `, now ${formatCount(there)} to ${formatCount(value)}`;
}
