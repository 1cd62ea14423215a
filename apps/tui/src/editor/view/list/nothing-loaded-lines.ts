import { connectionAdvice, failureAdvice } from "../../../words/failure-advice.ts";
import { failureText, requestIds } from "../../../words/failure-text.ts";
import { widestPage } from "../../model/layout.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { maxTries, type BrokenLink, type Link } from "../../model/link.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { wrapText } from "../../../text/cut.ts";
import { bold, dim, line, wrong, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { ownSigns } from "../own-signs.ts";

/** What the editor shows while it has no apps: what happened, what to do, and what is staged, over the whole width. */
export function nothingLoadedLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  const room = Math.min(columns, widestPage) - 4;
  const { list, staging } = state;
  const isWrong = hasFailed(state.link);
  const [title, ...paragraphs] = nothingLoadedTexts(state);
  const wrapped = (text: string): readonly string[] =>
    wrapText(outsideText(ownSigns(text, glyphs), glyphs), room);
  const mark = isWrong ? `${glyphs.wrong} ` : "  ";
  const titles = wrapped(title).map((text, index) => {
    const shown = ` ${index === 0 ? mark : "  "}${text}`;
    return line(isWrong ? wrong(shown) : bold(shown));
  });
  const staged =
    staging.apps.size === 0
      ? list.complete || !isWrong
        ? []
        : ["Nothing is staged."]
      : [`${counted(staging.apps.size, "app")} staged: kept.`];
  const rest = [...paragraphs, ...staged].flatMap((paragraph) => [
    [],
    ...paragraph.split("\n").flatMap((row) => wrapped(row).map((text) => line(dim(`   ${text}`)))),
  ]);
  const blanks = height > titles.length + rest.length + 6 ? 2 : 0;
  return [...Array.from({ length: blanks }, () => []), ...titles, ...rest].slice(0, height);
}

/** The same as texts: what happened, what comes next or is to be done, and more. */
export function nothingLoadedTexts(state: EditorState): readonly [string, ...string[]] {
  const { link } = state;
  return hasFailed(link) ? whatFailed(state, link) : whatIsMissing(state);
}

function hasFailed(link: Link): link is BrokenLink {
  return link.kind === "waiting" || link.kind === "down";
}

/** The state of the connection in a word or two, for the header. */
export function linkWord({ kind, ...link }: Link): string {
  if (kind === "connecting") return "connecting";
  if (kind === "online" || !("failure" in link)) return "";
  const { failure } = link;
  if (failure.kind === "unreachable") return "no connection";
  if (failure.kind === "noResponse") return "no response";
  if (failure.kind === "notSent" || failure.status === 401) return "signed out";
  if (failure.status === 403) return "not allowed";
  return failure.kind === "unusable" ? "not this service" : `server responded ${failure.status ?? ""}`.trim();
}

type Texts = readonly [string, ...string[]];

function whatFailed({ baseUrl, uptime, tokenSource }: EditorState, link: BrokenLink): Texts {
  const { failure } = link;
  const ids = requestIds([failure]).map((id) => `request-id ${id}`);
  const isUnreached = failure.kind === "noResponse" || failure.kind === "unreachable";
  const advice = isUnreached ? connectionAdvice(failure.fault) : failureAdvice(failure, "list", tokenSource);
  const where = [baseUrl, ...ids].join("\n");
  if (link.kind === "down") return [failureText(failure, "list"), advice, where];
  const seconds = link.until === undefined ? 0 : Math.max(0, Math.ceil((link.until - uptime) / 1000));
  const when = seconds === 0 ? "Trying again now" : `Trying again in ${seconds} s`;
  const count = isUnreached || failure.status === 429 ? "." : ` (${link.tries + 1} of ${maxTries}).`;
  return [failureText(failure, "list"), `${when}${count}`, ...(isUnreached ? [advice] : []), where];
}

function whatIsMissing({ list, startedAt, uptime, baseUrl, facadeProgram }: EditorState): Texts {
  if (list.complete) return ["No apps yet.", `Bring some in: ${facadeProgram} import FILE`];
  const seconds = Math.floor((uptime - startedAt) / 1000);
  return [`Connecting … ${seconds > 0 ? `${seconds} s` : ""}`.trim(), baseUrl];
}
