import { widestPage } from "../../model/layout.ts";
import { editedCounters } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { isDecided, type Send, type SendItem } from "../../model/sending.ts";
import { versionText } from "../../../words/version-text.ts";
import { appName } from "../app-name.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, bold, dim, line, spread, wrong, type Line, type Span } from "../line.ts";
import { windowOf } from "../window-of.ts";

/** How far the sending is, and where each app stands. */
export function sendingLines(
  { screen, now }: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  if (screen.name !== "sending") return [];
  const { send } = screen;
  const firstOpen = send.items.findIndex((item) => !isDecided(item));
  const items = windowOf(send.items, firstOpen, height - 2);
  return [
    progressLine(send, now, glyphs, width),
    [],
    ...items.map((item) => itemLine(item, now, glyphs, width)),
  ];
}

function progressLine(send: Send, now: number, glyphs: Glyphs, width: number): Line {
  const decided = send.items.filter(isDecided).length;
  const title = ` Sending   ${decided} of ${send.items.length} `;
  const seconds = Math.floor((now - send.startedAt) / 1000);
  const time = seconds > 0 ? `  ${seconds} s ` : "  ";
  const room = Math.max(0, Math.min(60, width - title.length - time.length));
  const filled = Math.round((decided / send.items.length) * room);
  return line(
    bold(title),
    accent(glyphs.progress.repeat(filled)),
    dim(glyphs.bar.notApplicable.repeat(room - filled)),
    time,
  );
}

function itemLine(item: SendItem, now: number, glyphs: Glyphs, width: number): Line {
  const [mark, text] = progressOf(item, now, glyphs);
  const room = Math.max(12, Math.min(44, width - text.length - 6));
  return spread(
    line(" ", mark, " ", appName(item.app, glyphs, room)),
    line(dim(`${text} `)),
    Math.min(width, widestPage),
    glyphs.ellipsis,
  );
}

function progressOf({ status, patch }: SendItem, now: number, glyphs: Glyphs): readonly [Span, string] {
  const left = (until: number): string => `${Math.max(0, Math.ceil((until - now) / 1000))} s`;
  switch (status.kind) {
    case "queued":
      return [dim(glyphs.dot), "waits for its turn"];
    case "running":
      return [
        dim(glyphs.waiting),
        status.tries === 1 ? "waiting for an answer" : "sent again, waiting for an answer",
      ];
    case "waiting":
      return [wrong(glyphs.waiting), `the server asks to wait, again in ${left(status.until)}`];
    case "settling": {
      const why = status.why === "changed" ? "changed meanwhile" : "no answer";
      const when = status.until === undefined ? "now" : `in ${left(status.until)}`;
      return [wrong(glyphs.waiting), `${why}, reading again ${when}`];
    }
    case "sent": {
      const count = editedCounters(patch).length;
      return [
        accent(glyphs.done),
        `${versionText(status.etag)}  ${count === 1 ? "1 counter" : `${count} counters`}`,
      ];
    }
    case "conflict":
      return [wrong(glyphs.differs), "somebody was faster, still staged"];
    case "notApplied":
      return [wrong(glyphs.unchanged), "not applied, still staged"];
    case "unknown":
      return [wrong(glyphs.wrong), "no answer, still staged"];
    case "refused":
      return [wrong(glyphs.wrong), "refused, still staged"];
    case "stopped":
      return [dim(glyphs.unchanged), "not sent, still staged"];
  }
}
