import type { ListedApp } from "@install-summary/core/client";
import { formatCount } from "../../../words/format-count.ts";
import { wideList } from "../../model/layout.ts";
import { appInRow } from "../../model/app-list.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { parseFilter } from "../../model/filter.ts";
import { matchedRanges } from "../../model/fuzzy.ts";
import { countOf, failedShare, failsOften, nameOf, type Sort } from "../../model/sort.ts";
import { shareText } from "../counters/bar-line.ts";
import { emptyListLines } from "./empty-list-lines.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, alignRight, dim, line, spread, wrong, type Line, type Span } from "../line.ts";
import { columnHeads, columnNumbers } from "./list-columns.ts";
import { outsideText } from "../outside-text.ts";
import { graphemes } from "../../../text/width.ts";

/** The list: one app a row, with the number that it is sorted by; with room for them, columns. */
export function listLines(
  state: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  const { list } = state;
  if (list.rows.length === 0) return emptyListLines(state, glyphs, width, height);
  const isWide = width >= wideList;
  const rows = isWide ? height - 1 : height;
  // A menu below may leave fewer rows than the list was scrolled for.
  const top = Math.max(list.top, list.cursorRow - rows + 1);
  const { words } = parseFilter(list.filterText);
  const lines: Line[] = isWide ? [columnHeads(list.sort, glyphs, width)] : [];
  for (let row = top; row < Math.min(list.rows.length, top + rows); row += 1) {
    const app = appInRow(list, row);
    if (app === undefined) continue;
    const name = nameSpans(app, words, row === list.cursorRow, glyphs);
    const numbers = isWide ? columnNumbers(app, list.sort) : numberSpans(app, list.sort, glyphs);
    lines.push(
      spread(line(marks(state, app, row, glyphs), name), line(numbers, " "), width, glyphs.ellipsis),
    );
  }
  return lines;
}

function marks({ list, staging, screen }: EditorState, app: ListedApp, row: number, glyphs: Glyphs): Line {
  const isHere = screen.name !== "counters" && screen.name !== "entry";
  const cursor = isHere ? accent(glyphs.cursor) : dim(glyphs.cursor);
  const staged = staging.apps.has(app.id) ? accent(glyphs.staged) : " ";
  return line(row === list.cursorRow ? cursor : " ", staged, " ");
}

function nameSpans(app: ListedApp, words: string, isCurrent: boolean, glyphs: Glyphs): Line {
  const name = nameOf(app);
  const ranges = matchedRanges(name, words);
  if (ranges.length === 0) return [{ text: outsideText(name, glyphs), bold: isCurrent }];
  const spans: Span[] = [];
  let at = 0;
  for (const grapheme of graphemes(name)) {
    const end = at + grapheme.length;
    const isMatched = ranges.some(([from, to]) => from < end && to > at);
    const text = outsideText(grapheme, glyphs);
    spans.push(isMatched ? { text, bold: true, tone: "accent" } : { text, bold: isCurrent });
    at = end;
  }
  return spans;
}

/** In a narrow list: the number that it is sorted by, with the sign of what it counts. */
function numberSpans(app: ListedApp, sort: Sort, glyphs: Glyphs): Line {
  if (sort.column === "share") {
    return line(alignRight(shareText(failedShare(app, sort.users), 1), 7), failedMark(app, sort, glyphs));
  }
  const column = sort.column === "name" || sort.column === "changed" ? "failed" : sort.column;
  const count = countOf(app, column, sort.users);
  const mark = column === "failed" ? failedMark(app, sort, glyphs) : dim(` ${glyphs.states[column]}`);
  return line(alignRight(formatCount(count), 7), mark);
}

function failedMark(app: ListedApp, sort: Sort, glyphs: Glyphs): Span {
  const mark = ` ${glyphs.states.failed}`;
  return failsOften(app, sort) ? wrong(mark) : dim(mark);
}
