import { judgeTakeBack } from "../../actions/judge-take-back.ts";
import { currentChange } from "../../model/history.ts";
import { addedApps } from "../../model/live.ts";
import { currentApp } from "../../model/app-list.ts";
import { countOpen } from "../../model/conflicts.ts";
import type { ConflictScreen, EditorState, ResultsScreen, ReviewScreen } from "../../model/editor-state.ts";
import { parseEntry } from "../../model/entry.ts";
import { appsToRead, currentLine, requestsOf, warningsOf } from "../../model/review.ts";
import { narrow } from "../../model/layout.ts";
import { hasChanged, wasApplied } from "../../model/send-status.ts";
import { resultsToRead } from "../../model/results.ts";
import { shownApp } from "../../model/shown-app.ts";
import type { Glyphs } from "../glyphs.ts";
import { paletteCommands } from "./palette-commands.ts";
import { copiedScroll } from "./copied-lines.ts";
import { helpScroll } from "./help-lines.ts";
import { hint, type Hint } from "./hint.ts";
import { bodyHeight } from "./message-line.ts";

/** The keys of the screen, the most telling first. */
export function screenHints(state: EditorState, glyphs: Glyphs, width: number): readonly Hint[] {
  const { keys } = glyphs;
  const { screen } = state;
  switch (screen.name) {
    case "list":
      return state.list.apps.length === 0 ? emptyHints(state) : listHints(state, keys);
    case "filter":
      return [
        ...(state.list.rows.length === 0 ? [] : [hint(keys.upDown, "app", 5)]),
        ...(screen.isSelected === true
          ? [hint("text", "replaces it", 8), hint(keys.right, "add to it", 8)]
          : []),
        hint(keys.enter, "keep", 9),
        hint("Esc", "all", 9),
        hint("Ctrl-U", "empty", 4),
        hint("or", "failed>10 platform:ios is:staged", 1),
      ];
    case "sort":
      return [hint("Esc", "as it was", 9), more];
    case "counters":
      return counterHints(state, keys);
    case "entry":
      return entryHints(state, screen.text, keys);
    case "drafts":
      return draftsHints(state, keys);
    case "conflict":
      return conflictHints(state, screen, keys);
    case "review":
      return reviewHints(state, screen, keys);
    case "sending":
      return [hint("Esc", screen.sending.stopping ? "is stopping" : "stop after the running ones", 9)];
    case "results":
      return resultHints(state, screen, keys);
    case "history":
      return historyHints(state, keys, width);
    case "palette":
      return paletteCommands(state, screen, glyphs).length === 0
        ? [hint("Backspace", "correct", 9), hint("Ctrl-U", "empty", 7), hint("Esc", "close", 8)]
        : [hint(keys.upDown, "choose", 7), hint(keys.enter, "run", 9), hint("Esc", "close", 8)];
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

function historyHints(state: EditorState, keys: Glyphs["keys"], width: number): readonly Hint[] {
  const { history } = state;
  const hasChanges = history !== undefined && history.changes.length > 0;
  const others = history?.appId === undefined ? hint("h", "of this app", 3) : hint("H", "of all apps", 3);
  return [
    ...(canTakeBack(state) ? [hint("u", width < narrow ? "take back" : "stage what takes it back", 9)] : []),
    ...(hasChanges ? [hint(keys.enter, "whole change", 5)] : []),
    ...(hasChanges
      ? [hint(keys.leftRight, "counter", 4), others, hint("c", "copy", 1)]
      : [hint("R", "read again", 9)]),
    ...openReviewHints(state),
    hint("Esc", "back", 8),
    more,
    hint("?", "keys", 2),
  ];
}

/** Whether `u` would stage anything of what takes the change under the cursor back. */
function canTakeBack(state: EditorState): boolean {
  const change = state.history && currentChange(state.history);
  if (change === undefined || state.isReadOnly) return false;
  const { leftOut, kind } = judgeTakeBack(state, change);
  // Reading tells.
  return kind === "stages" || leftOut === "unread";
}

const help = hint("?", "keys", 8);
const quit = hint("q", "quit", 5);
const more = hint(":", "commands", 0);

/** Without apps only these do something. */
function emptyHints(state: EditorState): readonly Hint[] {
  const isFailed = state.link.kind === "waiting" || state.link.kind === "down";
  const copyThis = isFailed ? [hint("c", "copy this", 6)] : [];
  const isConnecting = state.link.kind === "connecting";
  return [
    ...(isConnecting ? [] : [hint("R", "try again", 9)]),
    ...tokenHints(state),
    ...openReviewHints(state),
    ...copyThis,
    more,
    help,
    quit,
  ];
}

function listHints(state: EditorState, keys: Glyphs["keys"]): readonly Hint[] {
  if (state.list.rows.length === 0) return hiddenHints(state);
  return [
    hint(keys.upDown, "app", 2),
    hint(keys.right, state.isReadOnly ? "counters" : "edit", 7),
    ...tokenHints(state),
    hint("/", "filter", 7),
    hint("f", "failures", 2),
    hint("o", "sort", 4),
    ...openReviewHints(state),
    ...undoHints(state),
    hint("R", "read again", isPartial(state) ? 8 : 1),
    ...historyHint(state, 1),
    ...appHints(state),
    more,
    help,
    quit,
  ];
}

/** Whether apps are missing that only another reading brings. */
function isPartial(state: EditorState): boolean {
  const { complete, loading } = state.list;
  return addedApps(state) > 0 || (!complete && loading === undefined);
}

/** The filter hides all apps: only these do something. */
function hiddenHints(state: EditorState): readonly Hint[] {
  const { list } = state;
  return [
    ...(list.filterText === "" ? [] : [hint("Esc", "all", 9), hint("Backspace", "correct", 7)]),
    hint("/", "filter", 7),
    hint("f", list.failuresOnly ? "all" : "failures", list.failuresOnly ? 8 : 2),
    ...openReviewHints(state),
    ...undoHints(state),
    hint("R", "read again", isPartial(state) ? 8 : 1),
    more,
    help,
    quit,
  ];
}

function counterHints(state: EditorState, keys: Glyphs["keys"]): readonly Hint[] {
  const staged = state.staging.apps.get(currentApp(state.list)?.id ?? "");
  const list = hint("Esc", "list", 7);
  // Its edits wait.
  if (staged?.pending !== undefined) {
    return [
      hint("R", "find out", 9),
      ...openReviewHints(state),
      hint("D", "give up", 3),
      list,
      more,
      help,
      quit,
    ];
  }
  return [
    ...(state.isReadOnly ? [] : [hint("0-9 + -", "edit", 9)]),
    hint(`${keys.upDown} ${keys.leftRight}`, "counter", 1),
    ...(staged === undefined ? [] : [hint("x", "revert", 3)]),
    ...openReviewHints(state),
    ...undoHints(state),
    ...historyHint(state, 3),
    ...appHints(state),
    hint("R", "read again", 1),
    list,
    more,
    help,
    quit,
  ];
}

/** What is refused can only be corrected or dropped. */
function entryHints(state: EditorState, text: string, keys: Glyphs["keys"]): readonly Hint[] {
  const base = shownApp(state)?.installSummary[state.counter] ?? 0;
  const { kind } = parseEntry(text, base);
  const drop = hint("Esc", "drop", 8);
  if (kind === "refused" || kind === "unfinished") {
    return [hint("0-9", "go on", 7), hint("Backspace", "correct", 9), hint("Ctrl-U", "empty", 7), drop];
  }
  return [hint(keys.enter, "stage and down", 9), hint("Tab", "next", 7), drop];
}

function conflictHints(
  { staging }: EditorState,
  { entry }: ConflictScreen,
  keys: Glyphs["keys"],
): readonly Hint[] {
  if (entry !== undefined)
    return [hint(keys.enter, "stage", 9), hint("Esc", "drop", 8), hint("Ctrl-U", "empty", 4)];
  const open = countOpen(staging);
  return [
    hint("m", "mine", open > 0 ? 9 : 5),
    hint("t", "theirs", open > 0 ? 9 : 5),
    hint("e", "another number", 6),
    hint("M T", "all of this app", 4),
    ...(open > 1 ? [hint("n N", `next`, 5)] : []),
    hint(keys.enter, "to the review", open > 0 ? 3 : 9),
    hint("Esc", "back", 7),
    more,
    hint("?", "keys", 4),
  ];
}

function draftsHints({ drafts }: EditorState, keys: Glyphs["keys"]): readonly Hint[] {
  const isOne = drafts.found.length === 1;
  const hasFailed = [...drafts.readings.values()].some(({ kind }) => kind === "failed");
  return [
    hint(keys.enter, isOne ? "bring it back" : "bring all back", 9),
    ...(isOne ? [] : [hint("Space", "only this one", 7)]),
    hint("n", "not now", 8),
    hint("x", "throw away…", 6),
    hint("R", "read again", hasFailed ? 8 : 3),
    ...(isOne ? [] : [hint(keys.upDown, "draft", 2)]),
    more,
    hint("?", "keys", 4),
    quit,
  ];
}

function reviewHints(state: EditorState, screen: ReviewScreen, keys: Glyphs["keys"]): readonly Hint[] {
  const { staging } = state;
  const hasWarnings = [...staging.apps.values()].some(
    (staged) => !staged.leftOut && warningsOf(staged).length > 0,
  );
  const count = requestsOf(state).length;
  // What comes first where nothing could be sent.
  const isWaiting = count === 0 && appsToRead(state).some(({ leftOut }) => !leftOut);
  const line = currentLine(staging, screen.line);
  // A reading has taken the last line.
  if (line === undefined) return [hint("Esc", "back", 9), ...undoHints(state), more, help];
  const isWaitingLine = line.staged.pending !== undefined;
  return [
    ...firstHints(),
    ...(count > 0 && countOpen(staging) > 0 ? [hint(keys.enter, "decide", 7)] : []),
    line.staged.leftOut ? hint("Space", "take it in", 9) : hint("Space", "in or out", 5),
    ...(isWaitingLine || line.staged.leftOut ? [] : [hint("d", "drop", 6)]),
    ...(isWaitingLine || state.isReadOnly ? [] : [hint("e", "edit", 6)]),
    hint("c", "copy as…", 3),
    ...(hasWarnings ? [hint("n N", "next !", 3)] : []),
    ...(isWaiting ? [] : [hint("R", "read again", 2)]),
    ...(staging.done.length === 0 ? [] : [hint("u", "undo", 1)]),
    hint("PgUp PgDn", "page", 1),
    hint("Esc", "back", 8),
    more,
    hint("?", "keys", 4),
  ];

  function firstHints(): readonly Hint[] {
    if (count > 0) return state.isReadOnly ? [] : [hint("y", `send ${count}`, 9)];
    if (isWaiting) return [hint("R", "read again first", 9)];
    // What others have changed too is decided first.
    return countOpen(staging) > 0 ? [hint(keys.enter, "decide", 9)] : [];
  }
}

function resultHints(state: EditorState, screen: ResultsScreen, keys: Glyphs["keys"]): readonly Hint[] {
  const { items, from } = screen.sending;
  const waiting = resultsToRead(state, screen).length;
  const isAllSent = items.every(({ status }) => status.kind === "sent");
  return [
    ...(items.length > 1 ? [hint(keys.upDown, "line", 3)] : []),
    hint(keys.enter, "open app", 6),
    ...(items.some(({ status }) => wasApplied(status)) ? [hint("u", "take back", 7)] : []),
    ...(items.some(({ status }) => hasChanged(status)) ? [hint(isAllSent ? "c" : "C", "copy undo", 6)] : []),
    ...(isAllSent ? [] : [hint("c", "copy report", 5)]),
    ...openReviewHints(state),
    ...tokenHints(state),
    hint("R", waiting > 1 ? `read all ${waiting} again` : "read again", waiting > 0 ? 8 : 2),
    hint("Esc", from === "list" ? "list" : "back", 9),
    more,
    hint("?", "keys", 4),
    quit,
  ];
}

function historyHint({ hasChangeLog }: EditorState, weight: number): readonly Hint[] {
  return hasChangeLog ? [hint("h", "history", weight)] : [];
}

function openReviewHints({ staging }: EditorState): readonly Hint[] {
  return staging.apps.size === 0 ? [] : [hint("s", `review (${staging.apps.size})`, 9)];
}

function undoHints({ staging }: EditorState): readonly Hint[] {
  return staging.done.length === 0 ? [] : [hint("u", "undo", 4)];
}

/** For an app with staged edits. */
function appHints({ staging, list }: EditorState): readonly Hint[] {
  const isStaged = staging.apps.has(currentApp(list)?.id ?? "");
  return isStaged ? [hint("c", "copy as…", 1), hint("D", "drop", 1)] : [];
}

function tabHint(isAll: boolean): Hint {
  return hint("Tab", isAll ? "keys of this screen" : "keys of all screens", 7);
}

/** For a token that the server refused when it was last used. */
function tokenHints(state: EditorState): readonly Hint[] {
  return isSignedOut(state) ? [hint("t", "new token", 7)] : [];
}

function isSignedOut({ link, screen }: EditorState): boolean {
  if (screen.name === "results") {
    return screen.sending.items.some(
      ({ status }) => status.kind === "refused" && status.failures.at(-1)?.status === 401,
    );
  }
  return link.kind === "down" && (link.failure.status === 401 || link.failure.kind === "notSent");
}
