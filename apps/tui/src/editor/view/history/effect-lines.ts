import type { ListedChange } from "@install-summary/core/client";
import { overwriter, type TakenBack } from "../../../changes/take-back.ts";
import { changeActor, counterLabel } from "../../../words/change-words.ts";
import { shortTime, timeText } from "../../../words/clock-time.ts";
import { formatCount } from "../../../words/format-count.ts";
import { replacedNote } from "../../../words/replaced-text.ts";
import { wrapText } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import { judgeTakeBack } from "../../actions/judge-take-back.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { History } from "../../model/history.ts";
import { unreadVersion } from "../../model/unread-version.ts";
import { versionText } from "../../../words/version-text.ts";
import { replacedBy } from "../../model/replaced-edits.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, dim, line, spread, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** What taking a change back would do, before it is asked for; no more than a number of rows. */
export function effectLines(
  state: EditorState,
  history: History,
  change: ListedChange,
  glyphs: Glyphs,
  width: number,
  most: number,
): readonly Line[] {
  const verdict = judgeTakeBack(state, change);
  const taking = `Taking ${shortTime(Date.parse(change.changedAt))} back`;
  if (verdict.kind === "refused") {
    const lines =
      verdict.leftOut === "unread"
        ? textLines(taking, unreadText(state, change), width)
        : textLines(`${taking} would stage nothing`, verdict.text, width);
    return lines.slice(0, most);
  }
  const told = line(bold(` ${taking} would ${verdict.kind === "stages" ? "stage" : "change nothing"}`));
  const title = state.isReadOnly ? spread(told, line(dim("read-only")), width, glyphs.ellipsis) : told;
  const rows = verdict.effect.counters.flatMap((one) => rowsOf(state, history, change, one, glyphs, width));
  if (rows.length < most) return [title, ...rows];
  const shown = rows.slice(0, Math.max(0, most - 2));
  return [title, ...shown, line(dim(`   and ${rows.length - shown.length} more rows`))].slice(0, most);
}

/** What cannot be told before the app has been read. */
function unreadText(state: EditorState, { appId }: ListedChange): string {
  const unread = unreadVersion(state, appId);
  const next = state.isReadOnly ? "R in the list reads it." : "the app is read first.";
  return unread === undefined
    ? `The app is to be read again: ${next}`
    : `The log has version ${unread.logged}, and ${versionText(unread.read)} was read: ${next}`;
}

function textLines(title: string, text: string, width: number): readonly Line[] {
  return [line(bold(` ${title}`)), ...wrapText(text, width - 4).map((row) => line(dim(`   ${row}`)))];
}

function rowsOf(
  state: EditorState,
  history: History,
  change: ListedChange,
  one: TakenBack,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const { text, note, sign } = wordsOf(state, history, change, one, glyphs);
  const cells = widthOf(text);
  const room = width - 3 - cells - widthOf(note);
  // In a column where there is room for one.
  const gap = [40 - cells, 2].find((blanks) => blanks >= 2 && blanks <= room);
  if (gap !== undefined) return [line(sign, text, " ".repeat(gap), dim(note))];
  return [
    ...wrapText(text, width - 3).map((row, index) => line(index === 0 ? sign : "   ", row)),
    ...wrapText(note, width - 5).map((row) => line(dim(`     ${row}`))),
  ];
}

interface Words {
  readonly text: string;
  readonly note: string;
  readonly sign: Line;
}

function wordsOf(
  { now, staging }: EditorState,
  history: History,
  change: ListedChange,
  one: TakenBack,
  glyphs: Glyphs,
): Words {
  const label = counterLabel(one.counter);
  const values = (from: number, to: number): string =>
    `${label} ${formatCount(from)} ${glyphs.to} ${formatCount(to)}`;
  switch (one.kind) {
    case "restored": {
      const replaced = replacedBy(staging.apps.get(change.appId), { [one.counter]: one.to })[one.counter];
      const note = replaced === undefined ? "still as the change left it" : replacedNote(replaced);
      return { text: values(one.from, one.to), note, sign: line("   ") };
    }
    case "there":
      return {
        text: `${label} ${formatCount(one.value)}`,
        note: "there already",
        sign: line(dim(` ${glyphs.done} `)),
      };
    case "overwritten": {
      const by = overwriter(history.changes, change.version, one.counter);
      const who =
        by === undefined
          ? ""
          : `, by ${outsideText(changeActor(by), glyphs)} ${timeText(Date.parse(by.changedAt), now)}`;
      return {
        text: values(one.made, one.before),
        note: `is ${formatCount(one.now)} now${who}: left out`,
        sign: line(accent(` ${glyphs.differs} `)),
      };
    }
  }
}
