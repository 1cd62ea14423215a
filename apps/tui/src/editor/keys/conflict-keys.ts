import {
  atLine,
  decideApp,
  decideByEntry,
  decideLine,
  leaveDecided,
  openConflicts,
  toOpenLine,
} from "../actions/decide-conflicts.ts";
import { redo, undo } from "../actions/edit-counters.ts";
import { conflictLines, currentConflict, type ConflictRow } from "../model/conflicts.ts";
import type { ConflictScreen, EditorState, Screen } from "../model/editor-state.ts";
import { belongsToEntry } from "../model/entry.ts";
import { linesOfPage } from "../model/layout.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { withoutLast } from "./filter-keys.ts";
import { stepOf } from "./step-of.ts";
import { commonKey } from "./common-key.ts";

/** More than any number needs. */
const maxLength = 24;

/** A key in the table of what others have changed. Nothing leaves from here. */
export function conflictKey(state: EditorState, screen: ConflictScreen, key: string): Transition {
  const row = currentConflict(state.staging, screen.line);
  if (row === undefined) return transition({ ...state, screen: screen.back });
  if (screen.entry !== undefined) return transition(entryKey(state, screen, row, screen.entry, key));
  const lines = conflictLines(state.staging);
  const at = lines.findIndex(({ appId, counter }) => appId === row.appId && counter === row.counter);
  const step = stepOf(key, linesOfPage(state.size));
  if (step !== undefined) {
    const line = lines[Math.max(0, Math.min(lines.length - 1, at + step))];
    return transition(line === undefined ? state : atLine(state, line));
  }
  switch (key) {
    case "n":
    case "N":
      return transition(toOpenLine(state, row, key === "n" ? 1 : -1));
    case "m":
      return transition(decideLine(state, row, "mine"));
    case "t":
      return transition(decideLine(state, row, "theirs"));
    case "M":
      return transition(decideApp(state, row, "mine"));
    case "T":
      return transition(decideApp(state, row, "theirs"));
    case "e":
      return transition({ ...state, screen: { ...screen, entry: "" } });
    case "u":
      return transition(inTable(undo(state), screen));
    case "ctrl-r":
      return transition(inTable(redo(state), screen));
    case "enter":
    case "s":
      return transition(leaveDecided(state));
    case "escape":
      return transition(say({ ...state, screen: screen.back }, staysText(screen.back)));
    default:
      if (!/^[0-9+\-−]$/.test(key)) return commonKey(state, key);
      return transition({ ...state, screen: { ...screen, entry: key } });
  }
}

/** The review, to which the table may lead back, shows it already. */
function staysText(back: Screen): string {
  return back.name === "review" ? "Everything stays staged." : "Everything stays staged. s shows it.";
}

/** A key while another number is typed. */
function entryKey(
  state: EditorState,
  screen: ConflictScreen,
  row: ConflictRow,
  text: string,
  key: string,
): EditorState {
  const typed = (entry: string | undefined): EditorState => ({ ...state, screen: { ...screen, entry } });
  if (key === "enter") return decideByEntry(state, screen, row, text);
  if (key === "escape") return typed(undefined);
  if (key === "backspace") return typed(withoutLast(text));
  if (key === "ctrl-u") return typed("");
  if (!belongsToEntry(key)) return say(state, "A number is being typed: Enter stages it, Esc drops it.");
  return text.length < maxLength
    ? typed(text + key)
    : say(state, "No counter has a number that long.", "wrong");
}

/** Undo stays in the table, where there still is one. */
function inTable(state: EditorState, screen: ConflictScreen): EditorState {
  const line = { appId: state.list.cursorId ?? screen.line.appId, counter: state.counter };
  const back = openConflicts({ ...state, screen }, line);
  return back.screen.name === "conflict" && currentConflict(state.staging, line) === undefined
    ? { ...state, screen: withLines(screen.back, state) }
    : back;
}

/** Where a screen leads back to; a review without a line has nothing to show. */
function withLines(screen: Screen, { staging }: EditorState): Screen {
  return screen.name === "review" && staging.apps.size === 0 ? { name: screen.from } : screen;
}
