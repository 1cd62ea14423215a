import { formatCount } from "../../../words/format-count.ts";
import { failureAdvice, failureText } from "../../../words/failure-text.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, wrapText, wrong, type Line, type Span } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** What an empty list shows: why it is empty, and what to do. */
export function emptyListLines(
  state: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  const [title, ...rest] = reasons(state);
  const room = width - 2;
  const lines = [
    line(),
    ...wrapText(outsideText(title, glyphs), room).map((text) => line(" ", titleSpan(state, text))),
    ...rest.flatMap((paragraph) => [
      line(),
      ...wrapText(outsideText(paragraph, glyphs), room).map((text) => line(dim(` ${text}`))),
    ]),
  ];
  return lines.slice(0, height);
}

function titleSpan({ link, list }: EditorState, text: string): Span {
  return list.apps.length === 0 && (link.kind === "waiting" || link.kind === "down")
    ? wrong(text)
    : bold(text);
}

function reasons({ list, link, startedAt, now, baseUrl }: EditorState): readonly [string, ...string[]] {
  if (list.apps.length > 0) {
    const all = `Esc shows all ${formatCount(list.apps.length)}.`;
    const soFar = list.complete ? "" : " Not all have been read yet.";
    if (list.filterText === "")
      return ["No app has failures.", `f shows all ${formatCount(list.apps.length)}.${soFar}`];
    return [`Nothing matches "${list.filterText}".`, `Backspace, or ${all}${soFar}`];
  }
  if (link.kind === "waiting" || link.kind === "down") {
    const { failure } = link;
    const text = failureText(failure, "list");
    const isReached = failure.kind !== "noResponse" && failure.kind !== "unreachable";
    if (isReached) return [text, failureAdvice(failure, "list")];
    return [text, baseUrl, "Is it running, and is INSTALL_SUMMARY_URL right?"];
  }
  if (list.complete)
    return ["No apps yet.", "Bring some in: install-summary-facade import FILE", "R reads again."];
  const seconds = Math.floor((now - startedAt) / 1000);
  return [`Connecting … ${seconds > 0 ? `${seconds} s` : ""}`.trim(), baseUrl];
}
