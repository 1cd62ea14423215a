import { isPending, isReadFirst } from "../model/shown-app.ts";
import { openConflicts } from "../actions/decide-conflicts.ts";
import { countOpen, isOpen } from "../model/conflicts.ts";
import { openApp } from "../actions/open-screen.ts";
import { readAppsAgain } from "../actions/read-again.ts";
import { redo, sayPending, undo } from "../actions/edit-counters.ts";
import { editAgain } from "./counter-keys.ts";
import type { EditorState, LineId, ReviewScreen } from "../model/editor-state.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { askForToken } from "../actions/give-token.ts";
import {
  appsToRead,
  currentLine,
  dropLine,
  lineId,
  oddLine,
  requestsOf,
  reviewLines,
  type ReviewLine,
} from "../model/review.ts";
import { linesOfPage } from "../model/layout.ts";
import { toggleLeftOut } from "../model/staging.ts";
import { startSending } from "../actions/start-sending.ts";
import { stepOf } from "./step-of.ts";
import { commonKey } from "./common-key.ts";

/** More apps than this are not sent by one key: their number is asked for. */
const manyApps = 20;

/** A key in the review. Nothing leaves the editor but by `y` here. */
export function reviewKey(state: EditorState, screen: ReviewScreen, key: string): Transition {
  const line = currentLine(state.staging, screen.line);
  const back: EditorState = { ...state, screen: { name: screen.from } };
  if (line === undefined) return emptyKey(state, back, key);
  const step = stepOf(key, linesOfPage(state.size));
  if (step !== undefined) return transition(moveLine(state, line, step));
  switch (key) {
    case "n":
    case "N":
      return transition(toOddLine(state, line, key === "n" ? 1 : -1));
    case " ":
      return transition(
        atLine({ ...state, staging: toggleLeftOut(state.staging, line.appId) }, lineId(line)),
      );
    case "d":
    case "delete":
      if (isPending(state, line.appId)) return transition(sayPending(state, line.appId));
      if (line.staged.leftOut) return transition(say(state, "This app is left out: Space takes it in."));
      return transition(say(dropLine(state, line), "Line dropped. u brings it back."));
    case "u":
      return transition(inReview(state, line, undo(state)));
    case "ctrl-r":
      return transition(inReview(state, line, redo(state)));
    case "e":
      if (isPending(state, line.appId)) return transition(sayPending(state, line.appId));
      return transition(editAgain(openApp(state, line.appId, line.counter)));
    case "enter":
      if (isOpen(line.staged)) return transition(openConflicts(state, lineId(line)));
      return transition(openApp(state, line.appId, line.counter));
    case "c":
      return transition({ ...state, question: { kind: "copy" } });
    case "R":
      return readAppsAgain(state, idsToRead(state, line.appId));
    case "y":
      return send(state);
    case "escape":
      return transition(back);
    case "t":
      return transition(askForToken(state));
    default:
      return commonKey(state, key);
  }
}

/** A reading has taken the last line: there only is the way back, or what brings it back. */
function emptyKey(state: EditorState, back: EditorState, key: string): Transition {
  switch (key) {
    case "escape":
    case "enter":
      return transition(back);
    case "u":
      return transition(undo(back));
    case "ctrl-r":
      return transition(redo(back));
    default:
      return commonKey(state, key);
  }
}

/**
 * All apps that are not as they were read, and those of which it is not certain whether what was sent was applied; otherwise
 * the one of the line.
 */
function idsToRead(state: EditorState, appId: string): readonly string[] {
  const stale = new Set(appsToRead(state));
  const all = [...state.staging.apps.values()];
  const toRead = all.filter((staged) => stale.has(staged) || staged.overtaken !== undefined);
  return toRead.length === 0 ? [appId] : toRead.map(({ app }) => app.id);
}

function send(state: EditorState): Transition {
  const count = requestsOf(state).length;
  if (count === 0 && countOpen(state.staging) > 0) {
    return transition(say(state, "Nothing was sent: Enter shows what was changed meanwhile.", "wrong"));
  }
  const included = [...state.staging.apps.values()].filter(({ leftOut }) => !leftOut);
  if (count === 0 && included.some(({ app }) => isReadFirst(state, app.id))) {
    return transition(
      say(state, "What was sent may have been applied: R finds out before anything is sent again.", "wrong"),
    );
  }
  if (count === 0 && included.length > 0) {
    return transition(
      say(state, "Nothing was sent: these apps were changed meanwhile. R reads them again.", "wrong"),
    );
  }
  if (count === 0) return transition(say(state, "Every app is left out: Space takes one in."));
  if (count > manyApps) return transition({ ...state, question: { kind: "sendMany", count, text: "" } });
  return startSending(state);
}

function moveLine(state: EditorState, line: ReviewLine, by: number): EditorState {
  const lines = reviewLines(state.staging);
  const at = lines.findIndex((other) => other.appId === line.appId && other.counter === line.counter);
  const next = lines[Math.max(0, Math.min(lines.length - 1, at + by))];
  return next === undefined ? state : atLine(state, lineId(next));
}

function toOddLine(state: EditorState, line: ReviewLine, step: 1 | -1): EditorState {
  const next = oddLine(state.staging, line, step);
  if (next === undefined) return say(state, "Nothing here looks odd.");
  const isSame = next.appId === line.appId && next.counter === line.counter;
  return isSame ? say(state, "No other line looks odd.") : atLine(state, lineId(next));
}

function atLine(state: EditorState, line: LineId): EditorState {
  return state.screen.name === "review" ? { ...state, screen: { ...state.screen, line } } : state;
}

/** Undo goes to the line that it changed; where it took that away, the person stays, or goes to the line that follows. */
function inReview(before: EditorState, line: ReviewLine, after: EditorState): EditorState {
  if (after.screen.name !== "review") return after;
  const lines = reviewLines(after.staging);
  if (lines.length === 0) return { ...after, screen: { name: after.screen.from } };
  const { counter, list } = after;
  const at = reviewLines(before.staging).findIndex(isOf(line));
  const changed =
    list.cursorId === undefined ? undefined : lines.find(isOf({ appId: list.cursorId, counter }));
  const next = changed ?? lines.find(isOf(line)) ?? lines[Math.min(at, lines.length - 1)];
  return next === undefined ? after : atLine(after, lineId(next));
}

function isOf(wanted: LineId): (line: ReviewLine) => boolean {
  return ({ appId, counter }) => appId === wanted.appId && counter === wanted.counter;
}
