import type { ListedApp } from "@install-summary/core/client";
import { platformOf } from "../../../words/platform.ts";
import { findApp } from "../../model/app-list.ts";
import { editsOf, shownApp } from "../../actions/browse.ts";
import { scopes } from "../../model/counter-grid.ts";
import { editedSummary } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { versionText } from "../../../words/version-text.ts";
import { appName } from "../app-name.ts";
import { barLine } from "./bar-line.ts";
import { counterTable } from "./counter-table.ts";
import { explanationLines } from "./explanation-lines.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, cutText, dim, line, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { keepMost, type Weighted } from "../weighted.ts";

/** The app under the cursor: what it is, its counters, bars. The less room there is, the less of it. */
export function appLines(
  state: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
  withName: boolean,
): readonly Line[] {
  const app = shownApp(state);
  if (app === undefined) return [];
  const edits = editsOf(state, app.id);
  const parts: readonly (Weighted | undefined)[] = [
    withName ? { weight: 10, line: line(" ", bold(appName(app, glyphs, width - 1))) } : undefined,
    { weight: 5, line: aboutLine(state, app, glyphs, width) },
    { weight: 4, line: line(dim(` ${app.id}`)) },
    { weight: 2, line: [] },
    ...counterTable(state, app, edits, glyphs, width),
    { weight: 1, line: [] },
    ...scopes.map((scope) => ({
      weight: 3,
      line: barLine(editedSummary(app.installSummary, edits), scope, width, glyphs),
    })),
    { weight: 1, line: [] },
    // Last, so that nothing else moves when it takes one line more.
    ...explanationLines(state, app, edits, glyphs, width, height),
  ];
  return keepMost(parts, height);
}

function aboutLine(state: EditorState, app: ListedApp, glyphs: Glyphs, width: number): Line {
  const latest = findApp(state.list, app.id);
  const isNewer = latest !== undefined && latest.etag !== app.etag;
  const version = isNewer
    ? `${versionText(app.etag)}, now ${versionText(latest.etag)}`
    : versionText(app.etag);
  const end = ` ${glyphs.dot} ${platformOf(app)} ${glyphs.dot} `;
  const room = width - 1 - end.length - version.length;
  const publisher = app.publisher === null || app.publisher === "" ? "no publisher" : app.publisher;
  const start = dim(` ${cutText(outsideText(publisher, glyphs), room, glyphs.ellipsis)}${end}`);
  return line(start, isNewer ? accent(version) : dim(version));
}
