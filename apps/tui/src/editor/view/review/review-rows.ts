import { warnings } from "@install-summary/core";
import { formatCount, formatDelta } from "../../../words/format-count.ts";
import { narrow } from "../../model/layout.ts";
import { findApp } from "../../model/app-list.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import { editedCounters, editedSummary, editedValue } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { ReviewLine } from "../../model/review.ts";
import type { StagedApp } from "../../model/staging.ts";
import { versionText } from "../../../words/version-text.ts";
import { appName } from "../app-name.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, alignRight, bold, dim, line, spread, wrapText, type Line, type Span } from "../line.ts";

/** A row of the review; where there is a cursor, one is current. */
interface Row {
  readonly line: Line;
  readonly isCurrent: boolean;
}

/** An app of the review and its changes, one row or two each. */
export function reviewRows(
  state: EditorState,
  staged: StagedApp,
  current: ReviewLine | undefined,
  glyphs: Glyphs,
  width: number,
): readonly Row[] {
  const isHere = current?.appId === staged.app.id;
  const guard = staged.app.etag === undefined ? "no ETag: last writer wins" : `If-Match ${staged.app.etag}`;
  const count = editedCounters(staged.edits).length;
  const note = staged.leftOut ? `${counted(count, "line")}, ${count === 1 ? "stays" : "stay"} staged` : guard;
  const cursor = isHere && staged.leftOut ? accent(glyphs.cursor) : " ";
  const box = staged.leftOut ? dim("[ ] ") : bold("[x] ");
  const isNarrow = width < narrow;
  const nameRoom = width - 6 - (isNarrow ? 0 : note.length + 2);
  const name = appName(staged.app, glyphs, nameRoom);
  const head = line(cursor, box, staged.leftOut ? dim(name) : bold(name));
  const heads = isNarrow
    ? [head, line(dim(`     ${note}`))]
    : [spread(head, line(dim(`${note} `)), width, glyphs.ellipsis)];
  const rows = heads.map((row, index) => ({ line: row, isCurrent: index === 0 && isHere && staged.leftOut }));
  if (staged.leftOut) return rows;
  return [
    ...rows,
    ...newerRows(state, staged, glyphs),
    ...changeRows(staged, current, glyphs, width),
    ...warningRows(staged, width),
  ];
}

/** Why sending is not simple: the change was sent before, or a newer version is known. */
function newerRows(
  state: EditorState,
  { app, pending, wasOvertaken }: StagedApp,
  glyphs: Glyphs,
): readonly Row[] {
  const earlier = wasOvertaken ? ["     ! sent on an older version before, may have been applied there"] : [];
  const earlierRows = earlier.map((text) => ({ line: line(accent(text)), isCurrent: false }));
  if (pending !== undefined) {
    const text = `     ${glyphs.waiting} sent before, may have been applied: sent again as it was`;
    return [{ line: line(accent(text)), isCurrent: false }];
  }
  const latest = findApp(state.list, app.id);
  if (latest === undefined || latest.etag === app.etag) return earlierRows;
  const text = `     ${glyphs.differs} ${versionText(latest.etag)} is there now: R reads it again`;
  return [...earlierRows, { line: line(accent(text)), isCurrent: false }];
}

function changeRows(
  { app, edits }: StagedApp,
  current: ReviewLine | undefined,
  glyphs: Glyphs,
  width: number,
): readonly Row[] {
  return editedCounters(edits).flatMap((counter): readonly Row[] => {
    const edit = edits[counter];
    if (edit === undefined) return [];
    const base = app.installSummary[counter];
    const value = editedValue(base, edit);
    const isCurrent = current?.appId === app.id && current.counter === counter;
    const mark = isCurrent ? accent(`   ${glyphs.cursor} `) : "     ";
    const { label } = describeCounter(counter);
    const delta = typeof edit === "number" ? formatDelta(value - base) : `by ${formatDelta(edit.add)}`;
    const emphasize = (text: string): string | Span => (isCurrent ? bold(text) : text);
    const change = (oldWidth: number, newWidth: number): Line =>
      line(
        dim(alignRight(formatCount(base), oldWidth)),
        dim(` ${glyphs.to} `),
        emphasize(alignRight(formatCount(value), newWidth)),
      );
    if (width < narrow) {
      const numbers = line("       ", change(0, 0), dim(`  ${delta}`));
      return [
        { line: line(mark, emphasize(label)), isCurrent: false },
        { line: numbers, isCurrent },
      ];
    }
    return [
      {
        line: line(mark, emphasize(label.padEnd(24)), change(13, 13), dim(alignRight(delta, 17))),
        isCurrent,
      },
    ];
  });
}

/** What deserves a second look, but for the totals: the counters' own screen has them. */
function warningRows({ app, edits }: StagedApp, width: number): readonly Row[] {
  const after = editedSummary(app.installSummary, edits);
  const found = warnings(app.installSummary, after, { off: ["deviceTotalChanged", "userTotalChanged"] });
  return found.flatMap(({ message }) =>
    wrapText(message, width - 8).map((text, index) => ({
      line: line(accent(index === 0 ? "     ! " : "       "), text),
      isCurrent: false,
    })),
  );
}
