import type { RunningStatus } from "../../model/send-status.ts";
import { narrow, widestPage } from "../../model/layout.ts";
import { editedCounters } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { isDecided, wasSent, type Sending, type SendItem } from "../../model/sending.ts";
import type { Failure } from "../../../server/failure.ts";
import { versionText } from "../../../words/version-text.ts";
import { identityLine } from "../identity-line.ts";
import type { Glyphs } from "../glyphs.ts";
import { cutWords } from "../../../text/cut.ts";
import { accent, bold, dim, line, spread, wrong, type Line, type Span } from "../line.ts";
import { widthOf } from "../../../text/width.ts";
import { windowOf } from "../window-of.ts";
import type { KnownApp } from "../../../words/known-app.ts";

/** How far the sending is, and what is happening to each app. */
export function sendingLines(
  { screen, uptime }: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  if (screen.name !== "sending") return [];
  const { sending } = screen;
  const firstOpen = sending.items.findIndex((item) => !isDecided(item));
  const rows = sending.items.map((item) => itemLines(item, uptime, glyphs, width));
  const shown = windowOf(rows, firstOpen, Math.floor((height - 2) / (width < narrow ? 2 : 1)));
  return [progressLine(sending, uptime, glyphs, width), [], ...shown.flat()];
}

function progressLine(sending: Sending, uptime: number, glyphs: Glyphs, width: number): Line {
  const decided = sending.items.filter(isDecided).length;
  const title = ` Sending   ${decided} of ${sending.items.length} `;
  const seconds = Math.floor((uptime - sending.uptime) / 1000);
  const time = seconds > 0 ? `  ${seconds} s ` : "  ";
  const room = Math.max(0, Math.min(60, width - title.length - time.length));
  const filled = Math.round((decided / sending.items.length) * room);
  return line(
    bold(title),
    accent(glyphs.progress.repeat(filled)),
    dim(glyphs.states.notApplicable.repeat(room - filled)),
    time,
  );
}

function itemLines(item: SendItem, uptime: number, glyphs: Glyphs, columns: number): readonly Line[] {
  const [mark, text] = progressOf(item, uptime, glyphs);
  const width = Math.min(columns, widestPage);
  if (width < narrow) {
    const words = cutWords(text, width - 4, glyphs.ellipsis);
    return [line(" ", mark, " ", identityLine(item.app, glyphs, width - 4)), line(dim(`   ${words}`))];
  }
  const name = identityLine(item.app, glyphs, width - 6 - widthOf(text));
  return [spread(line(" ", mark, " ", name), line(dim(`${text} `)), width, glyphs.ellipsis)];
}

function progressOf(item: SendItem, uptime: number, glyphs: Glyphs): readonly [Span, string] {
  const { status, patch } = item;
  const left = (until: number): string => `${Math.max(0, Math.ceil((until - uptime) / 1000))} s`;
  switch (status.kind) {
    case "queued":
      return [dim(glyphs.dot), "waits for its turn"];
    case "running":
      return [dim(glyphs.waiting), runningText(status)];
    case "waiting": {
      const failure = status.state.failures.at(-1);
      const what = status.does === "send" ? "sent again" : "read again";
      return [wrong(glyphs.waiting), `${reasonText(failure)}, ${what} in ${left(status.until)}`];
    }
    case "comparing":
      return [wrong(glyphs.waiting), "412, reading the version that is there"];
    case "sent": {
      const count = editedCounters(patch).length;
      const version = status.etag === undefined ? "" : `${versionText(status.etag)}  `;
      return [accent(glyphs.done), `${version}${count === 1 ? "1 counter" : `${count} counters`}`];
    }
    case "conflict":
      if (!isOtherVersion(item.app, status.current))
        return [wrong(glyphs.wrong), "refused (412), still staged"];
      return [wrong(glyphs.differs), "changed meanwhile, still staged"];
    case "overtaken":
      return [wrong(glyphs.differs), "changed meanwhile, still staged"];
    case "notApplied":
      return [wrong(glyphs.unchanged), "not applied so far, edits wait"];
    case "unknown":
      return [wrong(glyphs.wrong), "may have been applied, edits wait"];
    case "refused":
      return [wrong(glyphs.wrong), "refused, still staged"];
    case "readAgain":
    case "stopped":
      return [dim(glyphs.unchanged), `not sent${wasSent(item) ? " again" : ""}, still staged`];
  }
}

/** Whether the app is known to have another version than the one that the change is made on. */
function isOtherVersion(app: KnownApp, current: KnownApp | undefined): boolean {
  return current !== undefined && (current.etag === undefined || current.etag !== app.etag);
}

function runningText({ does, state }: RunningStatus): string {
  if (does === "look") return "reading what became of it";
  return state.failures.length === 0 ? "waiting for a response" : "sent again, waiting for a response";
}

/** Why a change is not sent or settled yet, in a few words. */
function reasonText(failure: Failure | undefined): string {
  if (failure?.status === 429) return "the server asks to wait";
  if (failure?.kind === "response") return `the server responded ${failure.status}`;
  if (failure?.kind === "unusable") return "the response cannot be used";
  return "no response";
}
