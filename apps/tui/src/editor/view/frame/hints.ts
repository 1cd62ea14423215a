import { currentApp } from "../../model/app-list.ts";
import type { EditorState, Question } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, lineWidth, type Line } from "../line.ts";
import { copiedScroll } from "./copied-lines.ts";
import { helpScroll } from "./help-lines.ts";
import { bodyHeight } from "./message-line.ts";
import { appsToRead, requestsOf, warningsOf } from "../../model/review.ts";
import { hasChanged, wantsReading } from "../../model/sending.ts";

/** A key that works now. */
interface Hint {
  readonly keys: string;
  readonly label: string;
  /** Where room is short, the least goes first. */
  readonly weight: number;
}

/** The keys that work now, as many as there is room for. */
export function hintLine(state: EditorState, glyphs: Glyphs, width: number): Line {
  const hints = [...hintsFor(state, glyphs, width)];
  while (hints.length > 1 && lineWidth(drawn(hints)) > width) {
    const least = Math.min(...hints.map(({ weight }) => weight));
    hints.splice(
      hints.findLastIndex(({ weight }) => weight === least),
      1,
    );
  }
  return drawn(hints);
}

function hasWarnings({ apps }: EditorState["staging"]): boolean {
  return [...apps.values()].some((staged) => !staged.leftOut && warningsOf(staged).length > 0);
}

function questionHints(question: Question, keys: Glyphs["keys"]): readonly Hint[] {
  switch (question.kind) {
    case "quit":
      return [hint("y", "quit", 9), hint("Esc", "stay", 9)];
    case "drop":
      return [hint("y", "drop", 9), hint("Esc", "keep", 9)];
    case "copy":
      return [hint("c", "curl", 9), hint("p", "PowerShell", 9), hint("j", "JSON", 9), hint("Esc", "back", 9)];
    case "token":
      return [hint(keys.enter, "use it", 9), hint("Esc", "keep the old one", 9)];
    case "sendMany":
      return [hint(keys.enter, "send", 9), hint("Esc", "back", 9)];
  }
}

function drawn(hints: readonly Hint[]): Line {
  const parts = hints.flatMap(({ keys, label }) => ["  ", bold(keys), dim(` ${label}`)]);
  return line(" ", ...parts.slice(1));
}

function hint(keys: string, label: string, weight: number): Hint {
  return { keys, label, weight };
}

function tabHint(isAll: boolean): Hint {
  return hint("Tab", isAll ? "keys of this screen" : "keys of all screens", 7);
}

function hintsFor(state: EditorState, glyphs: Glyphs, width: number): readonly Hint[] {
  const { keys } = glyphs;
  const { screen, staging, list, question } = state;
  if (question !== undefined) return questionHints(question, keys);
  const count = staging.apps.size;
  const review = count === 0 ? [] : [hint("s", `review (${count})`, 9)];
  const undo = staging.done.length === 0 ? [] : [hint("u", "undo", 4)];
  const stagedHere = staging.apps.get(currentApp(list)?.id ?? "");
  const isStagedHere = stagedHere !== undefined;
  const help = hint("?", "keys", 8);
  const quit = hint("q", "quit", 5);
  const copy = isStagedHere ? [hint("c", "copy as…", 1), hint("D", "drop", 1)] : [];
  const token = isSignedOut(state) ? [hint("t", "new token", 7)] : [];
  // Without apps only these do something.
  if (list.apps.length === 0 && screen.name === "list") {
    const isFailed = state.link.kind === "waiting" || state.link.kind === "down";
    const copyThis = isFailed ? [hint("c", "copy this", 6)] : [];
    return [hint("R", "try again", 9), ...token, ...review, ...copyThis, hint("?", "keys", 8), quit];
  }
  switch (screen.name) {
    case "list":
      return [
        hint(keys.upDown, "app", 2),
        hint(keys.right, "edit", 7),
        ...token,
        hint("/", "filter", 7),
        hint("f", "failures", 2),
        hint("o", "sort", 4),
        ...review,
        ...undo,
        hint("R", "read again", 1),
        ...copy,
        help,
        quit,
      ];
    case "filter":
      return [
        hint(keys.upDown, "app", 5),
        hint(keys.enter, "keep", 9),
        hint("Esc", "all", 9),
        hint("Ctrl-U", "empty", 4),
        hint("or", "failed>10 platform:ios is:staged", 1),
      ];
    case "sort":
      return [hint("Esc", "as it was", 9)];
    case "counters":
      // Its edits wait.
      if (stagedHere?.pending !== undefined) {
        return [
          hint("R", "find out", 9),
          ...review,
          hint("D", "give up", 3),
          hint("Esc", "list", 7),
          help,
          quit,
        ];
      }
      return [
        hint("0-9 + -", "edit", 9),
        hint(keys.upDown + keys.leftRight, "counter", 1),
        ...(isStagedHere ? [hint("x", "revert", 3)] : []),
        ...review,
        ...undo,
        ...copy,
        hint("R", "read again", 1),
        hint("Esc", "list", 7),
        help,
        quit,
      ];
    case "entry":
      return [hint(keys.enter, "stage and down", 9), hint("Tab", "next", 7), hint("Esc", "drop", 8)];
    case "review":
      return [
        sendHint(state),
        hint("Space", "in or out", 5),
        hint("d", "drop", 6),
        hint("e", "edit", 6),
        hint("c", "copy as…", 4),
        ...(hasWarnings(staging) ? [hint("n N", "next !", 3)] : []),
        hint("R", "read again", 2),
        hint("u", "undo", 1),
        hint("PgUp PgDn", "page", 1),
        hint("Esc", "back", 8),
        hint("?", "keys", 4),
      ];
    case "sending":
      return [hint("Esc", screen.sending.stopping ? "is stopping" : "stop after the running ones", 9)];
    case "results": {
      const waiting = screen.sending.items.filter(wantsReading).length;
      return [
        ...(screen.sending.items.length > 1 ? [hint(keys.upDown, "line", 3)] : []),
        hint(keys.enter, "open app", 6),
        ...(screen.sending.items.some(({ status }) => hasChanged(status)) ? [hint("c", "copy undo", 7)] : []),
        ...review,
        ...token,
        hint("R", waiting > 1 ? `read all ${waiting} again` : "read again", waiting > 0 ? 8 : 2),
        hint("Esc", screen.sending.from === "list" ? "list" : "back", 9),
        hint("?", "keys", 4),
        quit,
      ];
    }
    case "help":
    case "copied": {
      const height = bodyHeight(state, glyphs);
      const text = helpScroll(state, glyphs, width, height) ?? copiedScroll(state, width, height);
      const isLong = text !== undefined && text.total > text.shown;
      const scroll = isLong ? [hint(`${keys.upDown} PgUp PgDn`, "scroll", 8)] : [];
      const other = screen.name === "help" ? [tabHint(screen.all)] : [];
      return [hint("Esc", "back", 9), ...other, ...scroll];
    }
  }
}

/** `y`, or what comes first where nothing could be sent. */
function sendHint(state: EditorState): Hint {
  const count = requestsOf(state).length;
  const isWaiting = count === 0 && appsToRead(state).some(({ leftOut }) => !leftOut);
  return isWaiting ? hint("R", "read again first", 9) : hint("y", `send ${count}`, 9);
}

/** Whether the server refused the token when it was last used. */
function isSignedOut({ link, screen }: EditorState): boolean {
  if (screen.name === "results") {
    return screen.sending.items.some(
      ({ status }) => status.kind === "refused" && status.failures.at(-1)?.status === 401,
    );
  }
  return link.kind === "down" && (link.failure.status === 401 || link.failure.kind === "notSent");
}
