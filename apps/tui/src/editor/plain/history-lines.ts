import { appTitle } from "../../words/app-identity.ts";
import { changeActor, changedCounters, changedText } from "../../words/change-words.ts";
import { momentText } from "../../words/clock-time.ts";
import { findApp } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { historyLines } from "../view/history/history-lines.ts";
import { lineText } from "../view/line.ts";

/** More changes are said by the command `history`. */
const maxChanges = 20;

/** The latest changes, each with the number that `undo` takes. */
export function plainHistory(state: EditorState, glyphs: Glyphs): readonly string[] {
  const { history } = state;
  if (history === undefined) return [];
  if (history.changes.length === 0) {
    // The title, and why there is nothing.
    return [
      historyLines(state, glyphs, 1000, 100)
        .map((row) => lineText(row).trim())
        .join(" "),
    ];
  }
  const shown = history.changes.slice(0, maxChanges);
  const rows = shown.map((change, place) => {
    const app = findApp(state.list, change.appId);
    const name = history.appId === undefined && app !== undefined ? `${appTitle(app)}, ` : "";
    const what = changedCounters(change).map(changedText).join(", ");
    return `${place + 1}. ${momentText(Date.parse(change.changedAt))}, ${changeActor(change)}, ${change.origin}, ${name}version ${change.version}: ${what}.`;
  });
  return [...rows, "Type undo 1 to stage what takes a change back, or back."];
}
