import type { EditorState } from "../model/editor-state.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { hostOf } from "../view/list/header-line.ts";
import { outsideText } from "../view/outside-text.ts";
import { describePlace } from "./describe-place.ts";
import { listWords, unreadLines } from "./list-news.ts";
import { spoken } from "./spoken.ts";
import { firstPages } from "./reply.ts";
import { messagesOf } from "./answer.ts";

/** The first words: where the apps come from, and how many there are; or why there are none. */
export function greeting(state: EditorState, glyphs: Glyphs): readonly string[] {
  const { list, baseUrl, screen } = state;
  const name = `Install Summary, ${hostOf(baseUrl)}.`;
  if (list.apps.length === 0) return [name, ...unreadLines(state, glyphs)];
  // What was met on the way, such as drafts that cannot be read.
  const news = state.notice === undefined ? [] : messagesOf(state, glyphs);
  const place = screen.name === "list" ? [] : describePlace(state, glyphs, firstPages).map(spoken);
  const head = `${name} ${listWords(state)}`;
  return [head, ...news, ...place].map((row) => outsideText(row, glyphs));
}
