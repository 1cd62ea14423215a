import { changedBy } from "../../../words/changed-by.ts";
import { exactTime, timeText } from "../../../words/clock-time.ts";
import { formatCount, formatDelta } from "../../../words/format-count.ts";
import { narrow } from "../../model/layout.ts";
import { findApp } from "../../model/app-list.ts";
import { whoChanged } from "../../model/changers.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import { editedCounters, editedSummary, editedValue } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { isStale, warningsOf, type ReviewLine } from "../../model/review.ts";
import { isReadFirst } from "../../model/shown-app.ts";
import { replacedEdits } from "../../model/replaced-edits.ts";
import { stagedMove } from "../../model/shown-moves.ts";
import { takenBackBy, takenText, type StagedApp } from "../../model/staging.ts";
import { replacedNote } from "../../../words/replaced-text.ts";
import { unmarkedText } from "../../../words/unmarked-text.ts";
import { thereNowText, versionText } from "../../../words/version-text.ts";
import { identityLine, identityWidth } from "../identity-line.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { alignRight, wrapText } from "../../../text/cut.ts";
import { accent, bold, dim, line, lineWidth, spread, type Line, type Span } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { warningText } from "./warning-text.ts";
import { widthOf } from "../../../text/width.ts";

/** A row of the review; where there is a cursor, one is current. */
interface Row {
  readonly line: Line;
  readonly isCurrent: boolean;
}

/** An app of the review and its changes, one row or two each. `isShort` where the request below has no room for its guard. */
export function reviewRows(
  state: EditorState,
  staged: StagedApp,
  current: ReviewLine | undefined,
  glyphs: Glyphs,
  width: number,
  isShort: boolean,
): readonly Row[] {
  const isHere = current?.appId === staged.app.id;
  const cursor = isHere && staged.leftOut ? accent(glyphs.cursor) : " ";
  const box = staged.leftOut ? dim("[ ] ") : bold("[x] ");
  const isNarrow = width < narrow;
  const roomBeside = (note: string): number => width - 6 - (isNarrow ? 0 : widthOf(note) + 2);
  const notes = notesOf(staged, state.now, isShort);
  const least = identityWidth(staged.app, glyphs);
  const note = notes.find((one) => roomBeside(one) >= least) ?? notes.at(-1) ?? "";
  const nameRoom = roomBeside(note);
  const name = identityLine(staged.app, glyphs, nameRoom, staged.leftOut ? { tone: "dim" } : { bold: true });
  const head = line(cursor, box, name);
  const heads = isNarrow
    ? [head, line(dim(`     ${note}`))]
    : [spread(head, line(dim(`${note} `)), width, glyphs.ellipsis)];
  const rows = heads.map((row, index) => ({ line: row, isCurrent: index === 0 && isHere && staged.leftOut }));
  if (staged.leftOut) return rows;
  return [
    ...rows,
    ...newerRows(state, staged, glyphs, width),
    ...changeRows(state, staged, current, glyphs, width),
  ];
}

/** What is said of an app beside its name; a long name gets the shorter words. */
function notesOf(
  { app, readAt, edits, leftOut }: StagedApp,
  now: number,
  isShort: boolean,
): readonly string[] {
  const count = editedCounters(edits).length;
  if (leftOut) return [`${counted(count, "line")}, ${count === 1 ? "stays" : "stay"} staged`];
  if (app.etag === undefined) return ["no ETag: last writer wins"];
  if (isShort) return [`If-Match ${app.etag}`];
  const version = versionText(app.etag);
  const read = `read ${timeText(readAt, now)}`;
  return [`based on ${version}, ${read}`, `${version}, ${read}`];
}

/** Why sending is not simple: the change was sent before, or a newer version is known. */
function newerRows(state: EditorState, staged: StagedApp, glyphs: Glyphs, width: number): readonly Row[] {
  const told = (sign: string, text: string): readonly Row[] =>
    wrapText(text, width - 8).map((row, index) => ({
      line: line(accent(`     ${index === 0 ? sign : " "} ${row}`)),
      isCurrent: false,
    }));
  if (staged.pending !== undefined) {
    const when = exactTime(staged.pending.sentAt, state.now);
    const next = isReadFirst(state, staged.app.id) ? "R finds out first" : "sent again as it was";
    return told("?", `sent at ${when}, may have been applied: ${next}`);
  }
  const unmarked = state.drafts.unmarked.get(staged.app.id);
  const earlier = [
    ...(unmarked === undefined ? [] : told("!", `${unmarkedText(unmarked)}; sent all the same`)),
    ...(staged.wasOvertaken ? told("!", "sent on an older version before, may have been applied there") : []),
  ];
  const taken = takenBackBy(staged);
  if (taken !== undefined)
    earlier.push({ line: line(dim(`     takes back ${takenText(taken)}`)), isCurrent: false });
  const latest = findApp(state.list, staged.app.id);
  if (latest === undefined || !isStale(state, staged)) return earlier;
  const newer = `${outsideText(thereNowText(staged.app.etag, latest.etag), glyphs)}: not sent until R reads it again`;
  return [...earlier, ...told(glyphs.differs, newer)];
}

function changeRows(
  { changers, staging }: EditorState,
  staged: StagedApp,
  current: ReviewLine | undefined,
  glyphs: Glyphs,
  width: number,
): readonly Row[] {
  const { app, edits } = staged;
  const found = warningsOf(staged);
  const who = whoChanged(changers, [stagedMove(staged)]);
  const after = editedSummary(app.installSummary, edits);
  const replaced = replacedEdits(staging, staged);
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
    const typedOn = staged.contested[counter];
    const contested =
      typedOn === undefined
        ? []
        : markedRows(
            glyphs.differs,
            `${changedBy(who, "it", { how: ` from ${formatCount(typedOn)} to ${formatCount(base)}` })}: not sent until you decide`,
            width,
          );
    const typed = replaced[counter];
    const place =
      typed === undefined ? [] : markedRows("!", `${replacedNote(typed)}: u brings it back`, width);
    const warned = found
      .filter((one) => one.counter === counter)
      .flatMap(({ warning }) => markedRows("!", warningText(warning, app.installSummary, after), width));
    if (width < narrow) {
      const numbers = line("       ", change(0, 0));
      const by = dim(`  ${delta}`);
      // A number is never cut: where the difference does not fit, it gets a row of its own.
      const fits = lineWidth(line(numbers, by)) <= width;
      const shown = fits ? [line(numbers, by)] : [numbers, line("     ", by)];
      return [
        { line: line(mark, emphasize(label)), isCurrent: false },
        ...shown.map((row, index) => ({ line: row, isCurrent: isCurrent && index === 0 })),
        ...contested,
        ...place,
        ...warned,
      ];
    }
    const row = line(mark, emphasize(label.padEnd(24)), change(13, 13), dim(alignRight(delta, 18)));
    return [{ line: row, isCurrent }, ...contested, ...place, ...warned];
  });
}

/** What is odd about the line above. */
function markedRows(sign: string, text: string, width: number): readonly Row[] {
  return wrapText(text, width - 8).map((row, index) => ({
    line: line(accent(`     ${index === 0 ? sign : " "} `), row),
    isCurrent: false,
  }));
}
