import { appTitle } from "../../words/app-identity.ts";
import { changeActor, changedCounters, changedText } from "../../words/change-words.ts";
import { momentText } from "../../words/clock-time.ts";
import { findApp } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { historyLines } from "../view/history/history-lines.ts";
import { lineText } from "../view/line.ts";

/** How many changes are said at once. */
export const historyPage = 20;

/** The changes from that one on, the latest first, each with the number that `undo` takes. */
export function plainHistory(state: EditorState, glyphs: Glyphs, from: number): readonly string[] {
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
  const shown = history.changes.slice(from, from + historyPage);
  if (shown.length === 0) return ["That was the end of the history. history begins again."];
  const rows = shown.map((change, place) => {
    const app = findApp(state.list, change.appId);
    const name = history.appId === undefined && app !== undefined ? `${appTitle(app)}, ` : "";
    const what = changedCounters(change).map(changedText).join(", ");
    return `${from + place + 1}. ${momentText(Date.parse(change.changedAt))}, ${changeActor(change)}, ${change.origin}, ${name}version ${change.version}: ${what}.`;
  });
  const hasMore = history.hasMore || history.changes.length > from + shown.length;
  const more = hasMore ? ", more to hear earlier ones" : "";
  return [...rows, `Type undo ${from + 1} to stage what takes a change back${more}, or back.`];
}
