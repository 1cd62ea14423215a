import type { EditorState } from "../model/editor-state.ts";
import { messageLines } from "../view/frame/message-line.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { lineText } from "../view/line.ts";
import { outsideText } from "../view/outside-text.ts";
import { countEdits } from "../model/staging.ts";
import { currentApp } from "../model/app-list.ts";
import { counted } from "../view/counted.ts";
import { numberHint } from "./asked-number.ts";
import { describePlace } from "./describe-place.ts";
import type { Pages, Reply } from "./reply.ts";
import { spoken } from "./spoken.ts";

/** All of a message in one line. */
const noWrap = 100_000;

/**
 * What is said to a line: what is told beside it, what happened, then where the person is if that is another place, then
 * what is asked.
 */
export function answer(
  before: EditorState,
  after: EditorState,
  reply: Reply,
  glyphs: Glyphs,
  beside: readonly string[] = [],
): readonly string[] {
  const messages = messagesOf(after, glyphs);
  const isNews =
    after.question !== undefined || (after.notice !== undefined && after.notice !== before.notice);
  const news = isNews ? withCount(before, after, messages) : [];
  // A line that says nothing else says where the person is: no line is without a response.
  const isSilent = beside.length === 0 && news.length === 0 && reply.says.length === 0 && reply.ends !== true;
  const place =
    reply.showsPlace || isSilent || isElsewhere(before, after)
      ? describePlace(after, glyphs, reply.talk)
      : [];
  const hint = questionHint(after) ?? numberHint(after);
  const said = [
    ...beside,
    ...(reply.declined === undefined ? [] : [reply.declined]),
    ...news,
    ...place.map(spoken),
    ...reply.says,
    ...(hint === undefined ? [] : [hint]),
  ];
  return said.map((row) => outsideText(row, glyphs));
}

/** What has happened since the last answer that no line has asked for: it comes before the next one. */
export function newsSince(
  told: EditorState,
  now: EditorState,
  pages: Pages,
  glyphs: Glyphs,
): readonly string[] {
  const isNews = now.notice !== undefined && now.notice !== told.notice;
  const place = now.screen.name === told.screen.name ? [] : describePlace(now, glyphs, pages);
  return [...(isNews ? messagesOf(now, glyphs) : []), ...place.map(spoken)].map((row) =>
    outsideText(row, glyphs),
  );
}

/** What the editor says below its screens, in words alone. */
export function messagesOf(state: EditorState, glyphs: Glyphs): readonly string[] {
  return messageLines(state, glyphs, noWrap).map((row) => spoken(lineText(row)));
}

function isElsewhere(before: EditorState, after: EditorState): boolean {
  const [one, other] = [before.screen, after.screen];
  if (one.name !== other.name) return true;
  if (one.name === "counters") return currentApp(before.list)?.id !== currentApp(after.list)?.id;
  if (one.name === "results" && other.name === "results") return one.sending !== other.sending;
  if (one.name === "drafts") return before.drafts.found !== after.drafts.found;
  if (one.name === "conflict") return before.staging !== after.staging;
  if (one.name === "history") {
    return (
      before.history?.changes !== after.history?.changes || before.history?.appId !== after.history?.appId
    );
  }
  return false;
}

/** How much is staged is said with what changes it. */
function withCount(before: EditorState, after: EditorState, messages: readonly string[]): readonly string[] {
  const count = countEdits(after.staging);
  if (count === countEdits(before.staging)) return messages;
  const [first = "", ...others] = messages;
  return [`${first} ${count === 0 ? "Nothing staged." : `${counted(count, "edit")} staged.`}`, ...others];
}

/** Whether something is asked that a yes, or a number in its place, has done: lines that were typed before are no reply. */
export function asksForYes({ question }: EditorState, { talk }: Reply): boolean {
  return (
    talk.asked !== undefined ||
    (question !== undefined && question.kind !== "copy" && question.kind !== "token")
  );
}

function questionHint({ question }: EditorState): string | undefined {
  switch (question?.kind) {
    case "quit":
    case "drop":
    case "throwAway":
      return "Type yes or no.";
    case "copy":
      return "Type c for curl, p for PowerShell, j for JSON, or back.";
    case "sendMany":
      return "Type their number, or back.";
    case "token":
    case undefined:
      return undefined;
  }
}
