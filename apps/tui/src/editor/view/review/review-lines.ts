import { roomy, widestPage } from "../../model/layout.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { currentLine, reviewLines } from "../../model/review.ts";
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
  const request = current === undefined ? [] : requestLines(current.staged, width, height);
  const title = [titleLine(state, glyphs, width), ...(height < roomy ? [] : [line()])];
  const room = height - title.length - request.length;
  const rows = [...state.staging.apps.values()].flatMap((staged) =>
    reviewRows(state, staged, current, glyphs, width),
  );
  const at = rows.findIndex((row) => row.isCurrent);
  const shown = windowOf(rows, at, room).map((row) => row.line);
  return [...title, ...shown, ...request];
}

function titleLine({ staging }: EditorState, glyphs: Glyphs, width: number): Line {
  const lines = reviewLines(staging).filter(({ staged }) => !staged.leftOut);
  const apps = [...staging.apps.values()];
  const out = apps.filter(({ leftOut }) => leftOut).length;
  const title = ` Send ${counted(lines.length, "change")} to ${counted(apps.length - out, "app")}?`;
  const right = out === 0 ? "" : `${counted(out, "app")} left out `;
  return spread(line(bold(title)), line(dim(right)), width, glyphs.ellipsis);
}
