import type { CounterEdit, CounterName } from "@install-summary/core";
import { formatCount } from "../../words/format-count.ts";
import {
  conflictLines,
  countOpen,
  currentConflict,
  decideCounters,
  settleConflicts,
  type ConflictRow,
} from "../model/conflicts.ts";
import { describeCounter } from "../model/counter-grid.ts";
import type { ConflictScreen, EditorState } from "../model/editor-state.ts";
import { parseEntry } from "../model/entry.ts";
import { lineId } from "../model/review.ts";
import { typedEdit } from "../model/typed-edit.ts";
import { say } from "../model/transition.ts";
import type { Sending } from "../model/sending.ts";
import type { Staging } from "../model/staging.ts";
import { sendingOf } from "./advance-sending.ts";
import { openReview } from "./open-screen.ts";

/**
 * Shows what others have changed too as soon as there is more of it, where the person is free to look. Of drafts it is
 * shown once the person has decided on all of them, and of what is sent once all of that has ended.
 */
export function offerConflicts(before: EditorState, after: EditorState): EditorState {
  const isBack = before.screen.name === "drafts" && after.screen.name === "list";
  const ended = after.screen.name === "results" ? sendingOf(before) : undefined;
  const isSame = before.staging.apps === after.staging.apps && !isBack && ended === undefined;
  if (isSame || after.question !== undefined) return after;
  // What was to be decided may be settled by what was read.
  if (after.screen.name === "conflict" && conflictLines(after.staging).length === 0)
    return { ...after, screen: after.screen.back };
  const places: readonly EditorState["screen"]["name"][] = ["list", "counters", "review", "results"];
  // What the person undoes or redoes is shown where that is done.
  const isStep = before.staging.undone.length !== after.staging.undone.length;
  if (isStep || !places.includes(after.screen.name)) return after;
  const shown = isBack ? 0 : countOpen(ended === undefined ? before.staging : beside(ended, after.staging));
  return countOpen(after.staging) > shown ? openConflicts(after) : after;
}

/** What is staged of apps that were none of what was sent. */
function beside({ items }: Sending, staging: Staging): Staging {
  const apps = new Map(staging.apps);
  for (const { app } of items) apps.delete(app.id);
  return { ...staging, apps };
}

/** Opens the table of what others have changed, on the first line that is open, or on that one. */
export function openConflicts(state: EditorState, line?: ConflictScreen["line"]): EditorState {
  const current = currentConflict(state.staging, line);
  if (current === undefined) return state;
  const isOpen = state.screen.name === "conflict";
  const back = state.screen.name === "conflict" ? state.screen.back : state.screen;
  // What could not be read about the changes is asked for again.
  const known = [...state.changers].filter(([, { kind }]) => isOpen || kind !== "failed");
  const screen = { name: "conflict", line: lineId(current), entry: undefined, back } as const;
  return { ...state, changers: new Map(known), screen };
}

/** Keeps the person's edit of a counter, or takes what others have made of it. */
export function decideLine(state: EditorState, row: ConflictRow, whose: "mine" | "theirs"): EditorState {
  return decide(state, row, new Map([[row.counter, whose === "mine" ? row.mine : undefined]]));
}

/** Decides all open counters of the app in the same way. */
export function decideApp(state: EditorState, row: ConflictRow, whose: "mine" | "theirs"): EditorState {
  const open = conflictLines(state.staging).filter(
    ({ appId, kind }) => appId === row.appId && kind === "open",
  );
  if (open.length === 0) return say(state, "Nothing of this app is open.");
  const decisions = open.map(({ counter, mine }): readonly [CounterName, CounterEdit | undefined] => [
    counter,
    whose === "mine" ? mine : undefined,
  ]);
  return decide(state, row, new Map(decisions));
}

/** Stages another number, which is typed on what others have made. A refused one stays to be corrected. */
export function decideByEntry(
  state: EditorState,
  screen: ConflictScreen,
  row: ConflictRow,
  text: string,
): EditorState {
  const reading = parseEntry(text, row.theirs);
  if (reading.kind === "refused" || reading.kind === "unfinished") {
    return say(state, `Not staged: ${reading.reason.replace(/[?.]$/, "")}. Esc drops it.`, "wrong");
  }
  const closed = { ...state, screen: { ...screen, entry: undefined } };
  if (reading.kind === "nothing") return closed;
  const app = state.staging.apps.get(row.appId)?.app;
  // The value that is there needs no edit.
  const edit = app && typedEdit(state, app, row.counter, reading.edit);
  return decide(closed, row, new Map([[row.counter, edit]]));
}

/** To the review, once everything is decided. Nothing is sent. */
export function leaveDecided(state: EditorState): EditorState {
  const open = countOpen(state.staging);
  if (open > 0) {
    const first = openConflicts(state);
    return say(
      first,
      `${open === 1 ? "1 line is" : `${open} lines are`} open: m keeps yours, t takes theirs.`,
      "wrong",
    );
  }
  const line = state.screen.name === "conflict" ? state.screen.line : undefined;
  const settled: EditorState = {
    ...state,
    staging: settleConflicts(state.staging),
    screen: { name: "list" },
  };
  return openReview(settled, line?.appId);
}

/** Goes to the next line that is open, or the previous one. */
export function toOpenLine(state: EditorState, row: ConflictRow, step: 1 | -1): EditorState {
  const lines = conflictLines(state.staging);
  const at = lines.findIndex(({ appId, counter }) => appId === row.appId && counter === row.counter);
  const turned = lines.map((_, away) => lines[(at + step * (away + 1) + lines.length * 2) % lines.length]);
  const next = turned.find((line) => line?.kind === "open");
  if (next === undefined) return say(state, "Everything is decided: Enter goes to the review.");
  return next === lines[at] ? say(state, "No other line is open.") : atLine(state, next);
}

/** The screen on another line. */
export function atLine(state: EditorState, row: ConflictRow): EditorState {
  if (state.screen.name !== "conflict") return state;
  return { ...state, screen: { ...state.screen, line: lineId(row) } };
}

function decide(
  state: EditorState,
  row: ConflictRow,
  decisions: ReadonlyMap<CounterName, CounterEdit | undefined>,
): EditorState {
  const staging = decideCounters(state.staging, row.appId, decisions);
  const isNew = staging !== state.staging;
  const next = say({ ...state, staging }, decidedText(row, decisions, isNew));
  if (next.screen.name !== "conflict") return next;
  const lines = conflictLines(staging);
  // Where nothing of any app is left to send, there is nothing to show either.
  if (lines.length === 0)
    return { ...next, screen: staging.apps.size === 0 ? { name: "list" } : next.screen.back };
  const open = lines.find(({ kind }) => kind === "open");
  const same = lines.find(({ appId, counter }) => appId === row.appId && counter === row.counter);
  return atLine(next, open ?? same ?? lines[0] ?? row);
}

function decidedText(
  { counter, theirs }: ConflictRow,
  decisions: ReadonlyMap<CounterName, CounterEdit | undefined>,
  isNew: boolean,
): string {
  const { label } = describeCounter(counter);
  if (decisions.size > 1) return `${decisions.size} lines are decided. u takes that back.`;
  const edit = decisions.get(counter);
  if (edit === undefined) return `${label}: theirs, ${formatCount(theirs)}, stays. u takes that back.`;
  const value = typeof edit === "number" ? edit : theirs + edit.add;
  return isNew
    ? `${label}: ${formatCount(value)} would be sent. u takes that back.`
    : `${label}: ${formatCount(value)} would be sent, as before.`;
}
