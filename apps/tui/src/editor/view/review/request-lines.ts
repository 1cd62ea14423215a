import { roomy } from "../../model/layout.ts";
import { requestOf } from "../../model/review.ts";
import type { StagedApp } from "../../model/staging.ts";
import type { Glyphs } from "../glyphs.ts";
import { wrapText } from "../../../text/cut.ts";
import { dim, line, type Line } from "../line.ts";

/** The request as it would be sent, without the token. Where room is short, only its body: the rest is shown above. */
export function requestLines(
  staged: StagedApp,
  { goesOn }: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  const { app, patch } = requestOf(staged);
  const isShort = height < roomy;
  const most = isShort ? 2 : Math.floor(height / 3);
  const guard = app.etag === undefined ? "" : `   If-Match: ${app.etag}`;
  const path = `PATCH ${goesOn}/mobileApps/${app.id}/installSummary${guard}`;
  const head = isShort ? [] : wrapText(path, width - 2).map((text) => line(dim(` ${text}`)));
  // JSON has no blanks to break at, but may be broken behind a comma.
  const body = wrapText(JSON.stringify(patch).replaceAll(",", ", "), width - 2);
  const lines = [...head, ...body.map((text) => line(` ${text.replaceAll(", ", ",")}`))];
  const isCut = lines.length > most;
  const shown = isCut ? [...lines.slice(0, most - 1), line(dim(` ${goesOn} c copies it whole`))] : lines;
  return isShort ? shown : [line(), ...shown];
}
