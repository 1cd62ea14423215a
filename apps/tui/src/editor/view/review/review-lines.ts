import { roomy, widestPage } from "../../model/layout.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { editedCounters } from "../../model/edit.ts";
import {
  currentLine,
  isSendable,
  isStale,
  requestsOf,
  reviewLines,
  warningsOf,
  type ReviewLine,
} from "../../model/review.ts";
import { formatCount } from "../../../words/format-count.ts";
import { widthOf } from "../../../text/width.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, spread, type Line } from "../line.ts";
import { requestLines } from "./request-lines.ts";
import { reviewRows } from "./review-rows.ts";
import { windowOf } from "../window-of.ts";

/** What would be sent: apps with their changes, and the exact request of the one under the cursor. */
export function reviewScreenLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  if (state.screen.name !== "review") return [];
  const width = Math.min(columns, widestPage);
  const current = currentLine(state.staging, state.screen.line);
  const request = current === undefined ? [] : requestLines(current.staged, glyphs, width, height);
  const title = [titleLine(state, current, glyphs, width), ...(height < roomy ? [] : [line()])];
  const room = height - title.length - request.length;
  const rows = [...state.staging.apps.values()].flatMap((staged) =>
    reviewRows(state, staged, current, glyphs, width, height < roomy),
  );
  const at = rows.findIndex((row) => row.isCurrent);
  const shown = windowOf(rows, at, room).map((row) => row.line);
  return [...title, ...shown, ...request];
}

function titleLine(state: EditorState, current: ReviewLine | undefined, glyphs: Glyphs, width: number): Line {
  const { staging } = state;
  const lines = reviewLines(staging);
  const apps = [...staging.apps.values()];
  const included = apps.filter(({ leftOut }) => !leftOut);
  const out = apps.length - included.length;
  const sent = lines.filter(({ staged }) => isSendable(state, staged)).length;
  const title =
    sent === 0
      ? " Nothing to send"
      : ` Send ${counted(sent, "change")} to ${counted(requestsOf(state).length, "app")}?`;
  const odd = included.reduce((sum, staged) => sum + warningsOf(staged).length, 0);
  const stale = included.filter((staged) => isStale(state, staged)).length;
  const contested = included.reduce((sum, staged) => sum + editedCounters(staged.contested).length, 0);
  const differing = stale + contested;
  const at = lines.findIndex((one) => one.appId === current?.appId && one.counter === current.counter);
  const position = `${formatCount(at + 1)} of ${formatCount(lines.length)}`;
  // What matters least goes first.
  const facts = [
    ...(out === 0 ? [] : [`${counted(out, "app")} left out`]),
    ...(differing === 0 ? [] : [`${formatCount(differing)} ${glyphs.differs}`]),
    ...(odd === 0 ? [] : [`${formatCount(odd)} !`]),
    lines.length > 1 ? `line ${position}` : "",
  ].filter((fact) => fact !== "");
  const separator = ` ${glyphs.dot} `;
  while (facts.length > 0 && title.length + widthOf(facts.join(separator)) + 3 > width) facts.shift();
  return spread(line(bold(title)), line(dim(`${facts.join(separator)} `)), width, glyphs.ellipsis);
}
