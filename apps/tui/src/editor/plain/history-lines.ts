import { visibleText } from "@install-summary/core/text";
import { appIdentity, appTitle } from "../../words/app-identity.ts";
import { changeActor, changedCounters, changedText, olderRemovedText } from "../../words/change-words.ts";
import { momentText } from "../../words/clock-time.ts";
import { failureText } from "../../words/failure-text.ts";
import { formatCount } from "../../words/format-count.ts";
import { findApp } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { History } from "../model/history.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { historyLines } from "../view/history/history-lines.ts";
import { versionNowText } from "../view/history/version-now.ts";
import { lineText } from "../view/line.ts";

/** How many changes are said at once. */
export const changesPage = 20;

/** Changes from a place on, the latest first, each with the number that `undo` takes. */
export function plainHistory(state: EditorState, glyphs: Glyphs, from: number): readonly string[] {
  const { history } = state;
  if (history === undefined) return [];
  const title = titleText(state, history);
  if (history.changes.length === 0) {
    // Below the title of the screen is why there is nothing.
    const why = historyLines(state, glyphs, 1000, 100).slice(1);
    return [
      title,
      why
        .map((row) => lineText(row).trim())
        .join(" ")
        .trim(),
    ];
  }
  const shown = history.changes.slice(from, from + changesPage);
  const rows = shown.map((change, place) => {
    const app = findApp(state.list, change.appId);
    const name = history.appId === undefined && app !== undefined ? `${appTitle(app)}, ` : "";
    const what = changedCounters(change).map(changedText).join(", ");
    return `${from + place + 1}. ${momentText(Date.parse(change.changedAt))}, ${changeActor(change)}, ${change.origin}, ${name}version ${change.version}: ${what}.`;
  });
  const left = history.changes.length - from - shown.length;
  const more = history.hasMore ? "There are more." : `${formatCount(left)} more.`;
  const isWhole = left === 0 && !history.hasMore;
  return [
    title,
    ...rows,
    ...failureLines(history),
    ...(isWhole && history.isOlderRemoved ? [olderRemovedText] : []),
    ...(isWhole ? [] : [`${more} Type more to hear them.`]),
    state.isReadOnly ? "Type back to leave it." : `${undoAdvice(from, history)}, or back.`,
  ];
}

function undoAdvice(from: number, { changes }: History): string {
  return `Type undo ${Math.min(from, changes.length - 1) + 1} to stage what takes a change back`;
}

/** Whose history it is. */
function titleText(state: EditorState, { appId }: History): string {
  if (appId === undefined) return "History of all apps.";
  const app = findApp(state.list, appId);
  if (app === undefined) return `History of ${appId}.`;
  const now = versionNowText(state, app);
  return `History of ${appIdentity(app)}${now === undefined ? "" : `, ${now}`}.`;
}

/** Why older changes could not be read, where that was asked for. */
function failureLines({ reading }: History): readonly string[] {
  if (reading.kind !== "failed") return [];
  return [`Not read: ${visibleText(failureText(reading.failure, "app"), 500)}`];
}
