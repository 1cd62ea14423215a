import { visibleText } from "@install-summary/core/text";
import { saysNoLog } from "../../model/live.ts";
import { counterLabel, olderRemovedText } from "../../../words/change-words.ts";
import { commandText } from "../../../words/command-text.ts";
import { failureText } from "../../../words/failure-text.ts";
import { formatCount } from "../../../words/format-count.ts";
import { wrapText } from "../../../text/cut.ts";
import { findApp } from "../../model/app-list.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { currentChange, placeInHistory, shownCounter, type History } from "../../model/history.ts";
import { narrow, roomy, widestPage } from "../../model/layout.ts";
import type { Glyphs } from "../glyphs.ts";
import { identityLine } from "../identity-line.ts";
import { bold, dim, line, lineWidth, spread, wrong, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { windowOf } from "../window-of.ts";
import { changeRows } from "./change-rows.ts";
import { effectLines } from "./effect-lines.ts";
import { trendLine } from "./trend-line.ts";
import { versionNowText } from "./version-now.ts";
import { detailLines, wholeChange } from "./whole-change.ts";

/** The changes of an app, or of all, by day; the trend of a counter; and what taking the change back would do. */
export function historyLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  const { history } = state;
  if (history === undefined) return [];
  const width = Math.min(columns, widestPage);
  const title = [titleLine(state, history, glyphs, width), ...(height < roomy ? [] : [line()])];
  const note = noteLines(state, history, glyphs, width);
  if (history.changes.length === 0) return [...title, ...note].slice(0, height);
  const rows = changeRows(state, history, glyphs, width);
  const change = currentChange(history);
  if (history.isWhole && height < roomy && change !== undefined) {
    const own = rows.filter(({ isCurrent }) => isCurrent).map((row) => row.line);
    return [...title, ...wholeChange(own, change, glyphs, width, height - title.length)];
  }
  const below = belowLines(state, history, glyphs, width, height);
  const room = Math.max(0, height - title.length - note.length - below.length);
  const at = rows.findIndex(({ isCurrent }) => isCurrent);
  const shown = windowOf(rows, at, room).map((row) => row.line);
  const blanks = Array.from({ length: room - shown.length }, () => line());
  // Below the last change of all, the note belongs to the list.
  return [...title, ...shown, ...note, ...blanks, ...below].slice(0, height);
}

function titleLine(state: EditorState, history: History, glyphs: Glyphs, width: number): Line {
  const head = width < narrow ? line(" ") : line(bold(" History  "));
  const { changes } = history;
  const all = `${formatCount(placeInHistory(history) + 1)} of ${formatCount(changes.length)}${history.hasMore ? "+" : ""}`;
  const position = changes.length === 0 ? "" : all;
  if (history.appId === undefined) {
    const name = width < narrow ? "History of all apps" : "all apps";
    return spread(line(head, bold(name)), line(dim(`${position} `)), width, glyphs.ellipsis);
  }
  const app = findApp(state.list, history.appId);
  const now = app && versionNowText(state, app);
  const version = now === undefined ? "" : outsideText(now, glyphs);
  const right = [position, version].filter((text) => text !== "").join(` ${glyphs.dot} `);
  const room = width - lineWidth(head) - right.length - 3;
  const name = app === undefined ? line(history.appId) : identityLine(app, glyphs, room, { bold: true });
  return spread(line(head, name), line(dim(`${right} `)), width, glyphs.ellipsis);
}

/** What is going on with reading, and where the log ends. */
function noteLines(
  state: EditorState,
  { reading, changes, hasMore, isOlderRemoved, appId }: History,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const { live } = state;
  const wrapped = (text: string): readonly Line[] =>
    wrapText(text, width - 4).map((row) => line(dim(`   ${row}`)));
  if (reading.kind === "running") return [line(dim(`   Reading ${glyphs.goesOn}`))];
  if (reading.kind === "failed") {
    if (saysNoLog(live, reading.failure)) {
      return wrapped(
        "This server has no change log: only a facade of Install Summary has one. What this session has sent can be " +
          "taken back all the same: u in the results.",
      );
    }
    const told = visibleText(failureText(reading.failure, "app"), 500);
    const rows = wrapText(outsideText(`${told} R tries again.`, glyphs), width - 5);
    return rows.map((row, index) => line(wrong(` ${index === 0 ? glyphs.wrong : " "} ${row}`)));
  }
  if (hasMore) return [];
  if (changes.length > 0) return isOlderRemoved ? wrapped(olderRemovedText) : [];
  const whose = appId === undefined ? "" : " of this app";
  if (isOlderRemoved) return wrapped(`The log has no change${whose} now. ${olderRemovedText}`);
  return wrapped(
    `The log has no change${whose}. ${visibleText(commandText(state, "history"), 500)} shows the same.`,
  );
}

/** Below the changes: the trend of a counter, and the effect of taking the change back. */
function belowLines(
  state: EditorState,
  history: History,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  const change = currentChange(history);
  if (change === undefined) return [];
  const isShort = height < roomy;
  const counter = shownCounter(history);
  const app = findApp(state.list, change.appId);
  const title = counter === undefined ? "" : ` ${counterLabel(counter)}`;
  const trend =
    app === undefined || counter === undefined || isShort
      ? undefined
      : trendLine(state, app, counter, title, glyphs, width);
  const effect = effectLines(
    state,
    history,
    change,
    glyphs,
    width,
    isShort ? 3 : Math.max(3, Math.floor(height / 3)),
  );
  const details = history.isWhole ? detailLines(change, glyphs, width) : [];
  const blank = isShort ? [] : [line()];
  return [...blank, ...(trend === undefined ? [] : [trend, line()]), ...details, ...effect];
}
