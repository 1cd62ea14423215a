import { currentApp } from "../../../model/app-list.ts";
import type { EditorState } from "../../../model/editor-state.ts";
import { parseEntry } from "../../../model/entry.ts";
import { shownApp } from "../../../model/shown-app.ts";
import type { Glyphs } from "../../glyphs.ts";
import { hint, type Hint } from "../hint.ts";
import { appHints, help, historyHint, more, openReviewHints, quit, undoHints } from "./shared-hints.ts";

export function counterHints(state: EditorState, keys: Glyphs["keys"]): readonly Hint[] {
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
export function entryHints(state: EditorState, text: string, keys: Glyphs["keys"]): readonly Hint[] {
  const base = shownApp(state)?.installSummary[state.counter] ?? 0;
  const { kind } = parseEntry(text, base);
  const drop = hint("Esc", "drop", 8);
  if (kind === "refused" || kind === "unfinished") {
    return [hint("0-9", "go on", 7), hint("Backspace", "correct", 9), hint("Ctrl-U", "empty", 7), drop];
  }
  return [hint(keys.enter, "stage and down", 9), hint("Tab", "next", 7), drop];
}
