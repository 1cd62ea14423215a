import { connectionFaultText } from "@install-summary/command-line/errors";
import { filterFaults, parseFilter } from "../../../find/filter.ts";
import { formatCount } from "../../../words/format-count.ts";
import { failureAdvice } from "../../../words/failure-advice.ts";
import { failureText } from "../../../words/failure-text.ts";
import { mayBeApplied } from "../../model/found-drafts.ts";
import type { EditorState, Question } from "../../model/editor-state.ts";
import { readSoFar } from "../../model/app-list.ts";
import { roomy } from "../../model/layout.ts";
import { maxTries, type BrokenLink } from "../../model/link.ts";
import { appIdentity } from "../../../words/app-identity.ts";
import { capitalized } from "../../../words/capitalized.ts";
import { staleText } from "../../../words/unmarked-text.ts";
import { timeText } from "../../../words/clock-time.ts";
import { countEdits } from "../../model/staging.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { hostOf } from "../list/header-line.ts";
import { cutWords, wrapText } from "../../../text/cut.ts";
import { line, type Line, type Tone } from "../line.ts";
import { liveMessage } from "./live-message.ts";
import { ownSigns } from "../own-signs.ts";
import { outsideText } from "../outside-text.ts";

/** A message never takes more lines than this from what it is about. */
const maxLines = 3;

/** What is asked, what happened last, or what is going on; no line where there is nothing to say. */
export function messageLines(state: EditorState, glyphs: Glyphs, width: number): readonly Line[] {
  return messagesOf(state, glyphs, width).flatMap((message) => linesOf(message, glyphs, width));
}

/** Whether a message may take rows from the screen. In a low window the table of conflicts, which names its apps, needs all. */
function hasRoom({ screen, size }: EditorState): boolean {
  return screen.name !== "conflict" || size.rows >= roomy;
}

function linesOf(
  { text: words, tone, isWhole = false, keepsNumbers = false }: Message,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const text = outsideText(ownSigns(words, glyphs), glyphs);
  // What happened last is worth one line; a question, or what is wrong or said to be whole, is to be read to its end.
  const costsNumber = keepsNumbers && digitsOf(cutWords(text, width - 2, glyphs.ellipsis)) !== digitsOf(text);
  const isShort = !isWhole && !costsNumber && (tone === "plain" || tone === "dim");
  const rows = isShort ? [text] : wrapText(text, width - 2);
  // More than there is room for is cut with a sign.
  const last = rows.slice(maxLines - 1, maxLines + 1).join(" ");
  const shown = rows.length > maxLines ? [...rows.slice(0, maxLines - 1), last] : rows;
  const lines = shown.map((row) => cutWords(row, width - 2, glyphs.ellipsis));
  return lines.map((row) => line({ text: ` ${row}`, tone, bold: tone === "accent" }));
}

function digitsOf(text: string): number {
  return text.replaceAll(/\D/g, "").length;
}

/** How many rows a screen of one pane has above the message and the keys. */
export function bodyHeight(state: EditorState, glyphs: Glyphs): number {
  const { columns, rows } = state.size;
  return rows - Math.max(1, messageLines(state, glyphs, columns).length) - 1;
}

interface Message {
  readonly text: string;
  readonly tone: Tone;
  readonly isWhole?: boolean;
  /** Whether it takes more rows rather than losing a number. */
  readonly keepsNumbers?: boolean;
}

function messagesOf(state: EditorState, glyphs: Glyphs, width: number): readonly Message[] {
  const { question, notice } = state;
  const mark = notice?.tone === "wrong" ? `${glyphs.wrong} ` : "";
  const told =
    notice === undefined
      ? []
      : [
          {
            text: mark + notice.text,
            tone: notice.tone,
            isWhole: notice.isWhole === true && hasRoom(state),
            keepsNumbers: notice.edit !== undefined,
          },
        ];
  // Why a key is no reply to the question is said below it.
  if (question !== undefined)
    return [{ text: questionText(state, question, glyphs), tone: "accent" }, ...told];
  if (notice !== undefined) return told;
  const mistake = filterMistake(state, glyphs);
  const ongoing = ongoingMessage(state, glyphs, width);
  // What is wrong with the server is told beside a mistake; the rest waits.
  return [mistake, mistake === undefined || ongoing?.tone === "wrong" ? ongoing : undefined].filter(
    (message) => message !== undefined,
  );
}

/** Why a part of the filter does something else than it looks like, while the person can see what it does. */
function filterMistake({ screen, list }: EditorState, { wrong }: Glyphs): Message | undefined {
  if (screen.name !== "filter" && screen.name !== "list") return undefined;
  const [fault] = filterFaults(parseFilter(list.filterText), screen.name === "filter");
  return fault === undefined ? undefined : { text: `${wrong} ${fault}`, tone: "wrong" };
}

/** What is going on with the server. */
function ongoingMessage(state: EditorState, glyphs: Glyphs, width: number): Message | undefined {
  const { link, list } = state;
  // Without apps the whole screen tells it.
  if ((link.kind === "waiting" || link.kind === "down") && list.apps.length > 0) {
    return { text: `${glyphs.wrong} ${linkText(link, state)}`, tone: "wrong" };
  }
  if (list.loading !== undefined && !list.complete && list.apps.length > 0) {
    const of = list.count === undefined ? "" : ` of ${formatCount(list.count)}`;
    return {
      text: `Reading ${formatCount(readSoFar(list.loading))}${of} apps …`,
      tone: "dim",
    };
  }
  return unkeptMessage(state, glyphs) ?? draftsMessage(state) ?? followingMessage(state, glyphs, width);
}

/** That what is staged may end with this editor, for as long as drafts cannot be kept. */
function unkeptMessage({ drafts, staging }: EditorState, { wrong }: Glyphs): Message | undefined {
  if (drafts.failure === undefined || staging.apps.size === 0) return undefined;
  return { text: `${wrong} What is staged may not be on disk: ${drafts.failure}. q asks.`, tone: "wrong" };
}

/** Drafts are shown in the list alone, so that they take no screen away from what a person does elsewhere. */
function draftsMessage({ drafts, screen }: EditorState): Message | undefined {
  const count = drafts.found.length;
  if (count === 0 || screen.name === "drafts" || "back" in screen) return undefined;
  const what = count === 1 ? "1 draft of an ended editor was" : `${count} drafts of ended editors were`;
  return { text: `${what} found: the list shows ${count === 1 ? "it" : "them"}.`, tone: "plain" };
}

/** What was changed last by someone else, or that such changes are not seen any more. */
function followingMessage(state: EditorState, glyphs: Glyphs, width: number): Message | undefined {
  const { live, list, now } = state;
  // Where nothing was read there is nothing to be behind with.
  if (live.link.kind === "lost" && list.apps.length === 0) return undefined;
  if (live.link.kind === "lost") {
    const since = timeText(live.link.since, now);
    return { text: `Not live since ${since}: changes of others are not seen. R reads them.`, tone: "dim" };
  }
  if (live.link.kind === "off" || live.latest === undefined) return undefined;
  return { ...liveMessage(state, live.latest, glyphs, width - 2), tone: "dim" };
}

function questionText(state: EditorState, question: Question, glyphs: Glyphs): string {
  const { staging } = state;
  const changes = countEdits(staging) === 1 ? "1 staged change" : `${countEdits(staging)} staged changes`;
  switch (question.kind) {
    case "quit":
      return quitText(state, changes, question.again === true);
    case "drop": {
      const staged = staging.apps.get(question.appId);
      const name = staged === undefined ? "this app" : appIdentity(staged.app);
      return staged?.pending === undefined
        ? `Drop all edits of ${name}?`
        : `The change of ${name} was sent and may have been applied. Give it up?`;
    }
    case "throwAway":
      return throwAwayText(state, question.key);
    case "copy":
      return "Copy as what?";
    case "token":
      return question.text === ""
        ? "Paste or type a new token. It is not shown."
        : `A token of ${counted(question.text.length, "character")}. Enter uses it.`;
    case "sendMany":
      return `Send to ${question.count} apps? Type their number: ${question.text}${glyphs.caret}`;
  }
}

function throwAwayText(state: EditorState, key: string): string {
  const draft = state.drafts.found.find((found) => found.key === key);
  const name = draft === undefined ? "this app" : appIdentity(draft.draft.app);
  const isOpen = draft !== undefined && mayBeApplied(state, draft);
  const sent = isOpen ? " It was sent, and may have been applied." : "";
  return `Throw the draft of ${name} away?${sent}`;
}

/** What is asked before quitting: drafts cannot be kept, one stays that says what is not so, or something is on its way. */
function quitText(state: EditorState, changes: string, isAgain: boolean): string {
  const stays = staleText(state.drafts.stale);
  const isLost = state.drafts.failure !== undefined && state.staging.apps.size > 0;
  const isOnlyStale = stays !== "" && !isLost && state.screen.name !== "sending";
  // What is asked comes first: a long text is cut at its end.
  const asked = isOnlyStale
    ? isAgain
      ? "y quits; Ctrl-C does not."
      : "Quit?"
    : lossText(state, changes, isAgain);
  return stays === "" ? asked : `${asked} ${capitalized(stays)}.`;
}

function lossText({ staging, screen, drafts }: EditorState, changes: string, isAgain: boolean): string {
  const open = [...staging.apps.values()].filter(({ pending }) => pending !== undefined).length;
  const sent = `${counted(open, "change")} sent and not confirmed: ${open === 1 ? "it" : "they"} may be applied.`;
  const isKept = drafts.failure === undefined;
  if (isAgain) {
    const loses = isKept ? "" : ` and loses ${changes}`;
    return `${open === 0 ? "" : `${sent} `}y quits${loses}; Ctrl-C does not.`;
  }
  if (screen.name === "sending") {
    const kept = isKept ? "" : ` It loses ${changes}.`;
    return `Sending is not finished. ${open === 0 ? "" : `${sent} `}Quit anyway?${kept}`;
  }
  return open === 0 ? `Quit and lose ${changes}?` : `${sent} Quit and lose ${changes}?`;
}

function linkText(link: BrokenLink, state: EditorState): string {
  const { failure } = link;
  // What came before it shows that the address is right.
  if (link.kind === "down" && failure.kind === "unusable")
    return `${failureText(failure, "list")} R tries again. A proxy may have responded in the server's place.`;
  if (link.kind === "down") {
    return `${failureText(failure, "list")} ${failureAdvice(failure, "list", state.tokenSource)}`;
  }
  const seconds =
    link.until === undefined ? undefined : Math.max(0, Math.ceil((link.until - state.uptime) / 1000));
  const again = seconds === undefined ? "Trying again now." : `Trying again in ${seconds} s.`;
  // Elsewhere R reads something else.
  const now = state.screen.name === "list" ? "  R now" : "";
  if (failure.kind === "unreachable") {
    const why = failure.fault === undefined ? "" : `: ${connectionFaultText(failure.fault)}`;
    return `No connection to ${hostOf(state.baseUrl)}${why}. ${again}${now}`;
  }
  // The server may be there, and slow.
  if (failure.kind === "noResponse") {
    return `${hostOf(state.baseUrl)}: ${failureText(failure, "list")} ${again}${now}`;
  }
  if (failure.status === 429) return `The server asks to wait. ${again}`;
  const status = failure.status === undefined ? "" : ` (${failure.status})`;
  return `The server failed${status}. ${again.slice(0, -1)} (${link.tries + 1} of ${maxTries}).${now}`;
}
