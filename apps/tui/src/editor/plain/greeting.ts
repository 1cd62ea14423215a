import type { EditorState } from "../model/editor-state.ts";
import { counted } from "../view/counted.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { lineText } from "../view/line.ts";
import { hostOf } from "../view/list/header-line.ts";
import { nothingLoadedLines } from "../view/list/nothing-loaded-lines.ts";
import { outsideText } from "../view/outside-text.ts";
import { describePlace } from "./describe-place.ts";
import { spoken } from "./spoken.ts";
import { firstPages } from "./reply.ts";
import { messagesOf } from "./answer.ts";

/** The first words: where the apps come from, and how many there are; or why there are none. */
export function greeting(state: EditorState, glyphs: Glyphs): readonly string[] {
  const { list, baseUrl, screen } = state;
  const name = `Install Summary, ${hostOf(baseUrl)}.`;
  if (list.apps.length === 0) {
    const why = nothingLoadedLines(state, glyphs, 10_000, 30).map((row) => spoken(lineText(row)));
    return [name, ...why.filter((row) => row !== "")];
  }
  // What was met on the way, such as drafts that cannot be read.
  const news = state.notice === undefined ? [] : messagesOf(state, glyphs);
  const place = screen.name === "list" ? [] : describePlace(state, glyphs, firstPages).map(spoken);
  const head = `${name} ${counted(list.count ?? list.apps.length, "app")}.${state.isReadOnly ? " Read-only." : ""} Type a name, or help.`;
  return [head, ...news, ...place].map((row) => outsideText(row, glyphs));
}
