import { formatCount, formatDelta } from "../../format-count.ts";
import { findApp } from "../state/app-list.ts";
import { describeCounter } from "../state/counter-grid.ts";
import { editedCounters, editedValue } from "../state/edit.ts";
import type { EditorState } from "../state/editor-state.ts";
import { currentLine, requestOf, reviewLines, type ReviewLine } from "../state/review.ts";
import type { StagedApp } from "../state/staging.ts";
import { versionText } from "../version-text.ts";
import { appName } from "./app-lines.ts";
import type { Glyphs } from "./glyphs.ts";
import { accent, alignRight, bold, dim, line, spread, wrapText, type Line } from "./line.ts";
import { windowOf } from "./window-of.ts";

/** Numbers far from their names are hard to read, so a wide screen is not used whole. */
const widest = 100;
/** With fewer rows than this nothing is left blank. */
const roomy = 14;

/** What would be sent: apps with their changes, and the exact request of the one under the cursor. */
export function reviewScreenLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  if (state.screen.name !== "review") return [];
  const width = Math.min(columns, widest);
  const current = currentLine(state.staging, state.screen.line);
  const request = current === undefined ? [] : requestLines(current.staged, width, height);
  const title = [titleLine(state, glyphs, width), ...(height < roomy ? [] : [line()])];
  const room = height - title.length - request.length;
  const rows = [...state.staging.apps.values()].flatMap((staged) =>
    appRows(state, staged, current, glyphs, width),
  );
  const at = rows.findIndex((row) => row.isCurrent);
  const shown = windowOf(rows, at, room).map((row) => row.line);
  return [...title, ...shown, ...request];
}

interface Row {
  readonly line: Line;
  readonly isCurrent: boolean;
}

function titleLine({ staging }: EditorState, glyphs: Glyphs, width: number): Line {
  const lines = reviewLines(staging).filter(({ staged }) => !staged.leftOut);
  const apps = [...staging.apps.values()];
  const out = apps.filter(({ leftOut }) => leftOut).length;
  const title = ` Send ${counted(lines.length, "change")} to ${counted(apps.length - out, "app")}?`;
  const right = out === 0 ? "" : `${counted(out, "app")} left out `;
  return spread(line(bold(title)), line(dim(right)), width, glyphs.ellipsis);
}

function appRows(
  state: EditorState,
  staged: StagedApp,
  current: ReviewLine | undefined,
  glyphs: Glyphs,
  width: number,
): readonly Row[] {
  const isHere = current?.appId === staged.app.id;
  const guard =
    staged.app.etag === undefined ? "no version: last writer wins" : `If-Match ${staged.app.etag}`;
  const count = editedCounters(staged.edits).length;
  const note = staged.leftOut ? `${counted(count, "line")}, ${count === 1 ? "stays" : "stay"} staged` : guard;
  const cursor = isHere && staged.leftOut ? accent(glyphs.cursor) : " ";
  const box = staged.leftOut ? dim("[ ] ") : bold("[x] ");
  const isNarrow = width < 72;
  const nameRoom = width - 6 - (isNarrow ? 0 : note.length + 2);
  const name = appName(staged.app, glyphs, nameRoom);
  const head = line(cursor, box, staged.leftOut ? dim(name) : bold(name));
  const heads = isNarrow
    ? [head, line(dim(`     ${note}`))]
    : [spread(head, line(dim(`${note} `)), width, glyphs.ellipsis)];
  const rows = heads.map((row, index) => ({ line: row, isCurrent: index === 0 && isHere && staged.leftOut }));
  if (staged.leftOut) return rows;
  return [...rows, ...newerRows(state, staged, glyphs), ...changeRows(staged, current, glyphs, width)];
}

/** Somebody was faster, as far as is known: sending would be refused. */
function newerRows(state: EditorState, { app }: StagedApp, glyphs: Glyphs): readonly Row[] {
  const latest = findApp(state.list, app.id);
  if (latest === undefined || latest.etag === app.etag) return [];
  const text = `     ${glyphs.differs} ${versionText(latest.etag)} is there now: R reads it again`;
  return [{ line: line(accent(text)), isCurrent: false }];
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
    const old = dim(formatCount(base));
    const change = (oldWidth: number, newWidth: number): Line =>
      line(
        dim(alignRight(old.text, oldWidth)),
        dim(` ${glyphs.to} `),
        isCurrent ? bold(alignRight(formatCount(value), newWidth)) : alignRight(formatCount(value), newWidth),
      );
    const name = isCurrent ? bold(label) : label;
    if (width < 72) {
      const numbers = line("       ", change(0, 0), dim(`  ${delta}`));
      return [
        { line: line(mark, name), isCurrent: false },
        { line: numbers, isCurrent },
      ];
    }
    const padded = typeof name === "string" ? name.padEnd(24) : { ...name, text: name.text.padEnd(24) };
    return [{ line: line(mark, padded, change(13, 13), dim(alignRight(delta, 17))), isCurrent }];
  });
}

/** The request as it would go out, but for the token. Where room is short, its body: the rest stands above. */
function requestLines(staged: StagedApp, width: number, height: number): readonly Line[] {
  const { app, patch } = requestOf(staged);
  const isShort = height < roomy;
  const most = isShort ? 2 : Math.floor(height / 3);
  const guard = app.etag === undefined ? "" : `   If-Match: ${app.etag}`;
  const path = `PATCH …/mobileApps/${app.id}/installSummary${guard}`;
  const head = isShort ? [] : wrapText(path, width - 2).map((text) => line(dim(` ${text}`)));
  // JSON has no blanks to break at, but may be broken behind a comma.
  const body = wrapText(JSON.stringify(patch).replaceAll(",", ", "), width - 2);
  const lines = [...head, ...body.map((text) => line(` ${text.replaceAll(", ", ",")}`))];
  const isCut = lines.length > most;
  const shown = isCut ? [...lines.slice(0, most - 1), line(dim(" … c copies it whole"))] : lines;
  return isShort ? shown : [line(), ...shown];
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${formatCount(count)} ${what}s`;
}
