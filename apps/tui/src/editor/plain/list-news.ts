import { exitCodes, type ExitCode } from "@install-summary/command-line/errors";
import type { EditorState } from "../model/editor-state.ts";
import { maxTries, type Link } from "../model/link.ts";
import { counted } from "../view/counted.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { lineText } from "../view/line.ts";
import { nothingLoadedLines, nothingLoadedTexts } from "../view/list/nothing-loaded-lines.ts";
import { outsideText } from "../view/outside-text.ts";
import { spoken } from "./spoken.ts";

/** How many apps there are, and what can be typed. */
export function listWords({ list, isReadOnly }: EditorState): string {
  const apps = counted(list.count ?? list.apps.length, "app");
  return `${apps}.${isReadOnly ? " Read-only." : ""} Type a name, or help.`;
}

/** Why no app is there: a row for each sentence of the screen. */
export function unreadLines(state: EditorState, glyphs: Glyphs): readonly string[] {
  const rows = nothingLoadedLines(state, glyphs, 10_000, 30).map((row) => spoken(lineText(row)));
  return rows.filter((row) => row !== "");
}

/** What has become of the first reading of the list since it was last told: a further failure, or that all is there. */
export function listNews(told: EditorState, now: EditorState, glyphs: Glyphs): readonly string[] {
  if (told.list.complete) return [];
  if (now.list.complete) return [outsideText(listWords(now), glyphs)];
  if (!isNews(told.link, now.link)) return [];
  // What failed, and when it is tried again or what to do.
  return nothingLoadedTexts(now)
    .slice(0, 2)
    .map((text) => outsideText(spoken(text), glyphs));
}

/** A server that stays away is not told of again and again. */
function isNews(told: Link, now: Link): boolean {
  if (now === told || (now.kind !== "down" && now.kind !== "waiting")) return false;
  if (now.kind === "down") return true;
  const isOther = !("failure" in told) || told.failure.sentence !== now.failure.sentence;
  return now.until !== undefined && (isOther || now.tries <= maxTries);
}

/** What is replied to a line that needs the list, as long as nothing of it is there; undefined once there is. */
export function unreadReply({ list, link }: EditorState): string | undefined {
  if (list.complete || list.apps.length > 0) return undefined;
  return link.kind === "down"
    ? "The list could not be read. again tries once more."
    : "The list is not read yet. It is tried again by itself.";
}

/** How a pipe of lines ends that needed the list, which was not read; undefined where it was. */
export function unreadExit({ list, link }: EditorState): ExitCode | undefined {
  if (list.complete) return undefined;
  const failure = "failure" in link ? link.failure : undefined;
  const isSignedOut = failure?.kind === "notSent" || failure?.status === 401 || failure?.status === 403;
  return isSignedOut ? exitCodes.forbidden : exitCodes.unavailable;
}
