import { wideList } from "../../model/layout.ts";
import { appInRow, type AppList } from "../../model/app-list.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { formatCount } from "../../../words/format-count.ts";
import { parseFilter, type Filter } from "../../../find/filter.ts";
import { matchedRanges, phraseRanges } from "../../../find/marks.ts";
import { nameOf } from "../../../words/app-name.ts";
import { emptyListLines } from "./empty-list-lines.ts";
import type { Glyphs } from "../glyphs.ts";
import { alignRight } from "../../../text/cut.ts";
import { accent, bold, dim, line, spread, type Line, type Span } from "../line.ts";
import { columnsFor, type ListColumn } from "./list-columns.ts";
import { outsideText } from "../outside-text.ts";
import { graphemes } from "../../../text/width.ts";
import type { KnownApp } from "../../../words/known-app.ts";

/** The list: one app a row, told from others of its name, with the number that it is sorted by and its share. */
export function listLines(
  state: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  const { list } = state;
  if (list.rows.length === 0) return emptyListLines(state, glyphs, width, height);
  const isWide = width >= wideList;
  const count = isWide ? height - 1 : height;
  // A menu below may leave fewer rows than the list was scrolled for.
  const top = Math.max(list.top, list.cursorRow - count + 1);
  const rows = Array.from({ length: count }, (_, index) => top + index).flatMap((row) => {
    const app = appInRow(list, row);
    return app === undefined ? [] : [{ app, row }];
  });
  const apps = rows.map(({ app }) => app);
  const columns = columnsFor(apps, list.sort, glyphs, width);
  const filter = parseFilter(list.filterText);
  const lines = rows.map(({ app, row }) => {
    const name = line(marks(state, app, row, glyphs), nameSpans(app, filter, row === list.cursorRow, glyphs));
    return spread(
      name,
      columns.map(({ cell }) => cell(app)),
      width,
      glyphs.ellipsis,
    );
  });
  return isWide ? [headLine(columns, list, glyphs, width), ...lines] : lines;
}

/** Which row of how many the cursor is in, such as `18 of 200`; nothing where all rows are shown. */
export function listPosition({ rows, cursorRow }: AppList, width: number, height: number): string {
  const shown = width >= wideList ? height - 1 : height;
  return rows.length <= shown ? "" : `${formatCount(cursorRow + 1)} of ${formatCount(rows.length)}`;
}

/** The line above the columns of a wide list. While the best match comes first, no column sorts it. */
function headLine(
  columns: readonly ListColumn[],
  { sort, byMatch }: AppList,
  glyphs: Glyphs,
  width: number,
): Line {
  const sorted = byMatch ? undefined : sort.column;
  const arrow = ` ${sort.descending ? glyphs.descending : glyphs.ascending}`;
  const heads = columns.map(({ head, sortedBy, isText, width: cells }): Span => {
    const isSorted = sortedBy !== undefined && sortedBy === sorted;
    const text = isSorted ? head + arrow : head;
    const shown = isText ? ` ${text}`.padEnd(cells) : alignRight(text, cells);
    return isSorted ? bold(shown) : dim(shown);
  });
  const app = sorted === "name" ? bold(`   App${arrow}`) : dim("   App");
  return spread(line(app, sort.users ? dim(" (users)") : undefined), heads, width, glyphs.ellipsis);
}

function marks({ list, staging, screen }: EditorState, app: KnownApp, row: number, glyphs: Glyphs): Line {
  const isHere = screen.name !== "counters" && screen.name !== "entry";
  const cursor = isHere ? accent(glyphs.cursor) : dim(glyphs.cursor);
  const staged = staging.apps.has(app.id) ? accent(glyphs.staged) : " ";
  return line(row === list.cursorRow ? cursor : " ", staged, " ");
}

function nameSpans(
  app: KnownApp,
  { words, phrases }: Pick<Filter, "words" | "phrases">,
  isCurrent: boolean,
  glyphs: Glyphs,
): Line {
  const name = nameOf(app);
  const ranges = [...matchedRanges(name, words), ...phrases.flatMap((phrase) => phraseRanges(name, phrase))];
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
