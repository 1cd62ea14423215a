import { roomy, widestPage } from "../../model/layout.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { currentLine } from "../../model/review.ts";
import type { Glyphs } from "../glyphs.ts";
import { line, type Line } from "../line.ts";
import { requestLines } from "./request-lines.ts";
import { reviewRows } from "./review-rows.ts";
import { reviewTitle } from "./review-title.ts";
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
  const title = [reviewTitle(state, current, glyphs, width), ...(height < roomy ? [] : [line()])];
  const room = height - title.length - request.length;
  const rows = [...state.staging.apps.values()].flatMap((staged) =>
    reviewRows(state, staged, current, glyphs, width, height < roomy),
  );
  const at = rows.findIndex((row) => row.isCurrent);
  const shown = windowOf(rows, at, room).map((row) => row.line);
  return [...title, ...shown, ...request];
}
