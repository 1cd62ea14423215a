import type { CopiedScreen, EditorState, HelpScreen } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { copiedScroll } from "./copied-lines.ts";
import { helpScroll } from "./help-lines.ts";
import { hint, type Hint } from "./hint.ts";
import { bodyHeight } from "./message-line.ts";
import { paletteCommands } from "./palette-commands.ts";
import { conflictHints } from "./screen-hints/conflict-hints.ts";
import { counterHints, entryHints } from "./screen-hints/counter-hints.ts";
import { draftsHints } from "./screen-hints/drafts-hints.ts";
import { historyHints } from "./screen-hints/history-hints.ts";
import { filterHints, listHints } from "./screen-hints/list-hints.ts";
import { resultHints } from "./screen-hints/results-hints.ts";
import { reviewHints } from "./screen-hints/review-hints.ts";
import { more } from "./screen-hints/shared-hints.ts";

/** The keys of the screen, the most telling first. */
export function screenHints(state: EditorState, glyphs: Glyphs, width: number): readonly Hint[] {
  const { keys } = glyphs;
  const { screen } = state;
  switch (screen.name) {
    case "list":
      return listHints(state, keys);
    case "filter":
      return filterHints(state, screen, keys);
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
    case "copied":
      return readingHints(state, screen, glyphs, width);
  }
}

/** Keys of a screen that only is read. */
function readingHints(
  state: EditorState,
  screen: HelpScreen | CopiedScreen,
  glyphs: Glyphs,
  width: number,
): readonly Hint[] {
  const height = bodyHeight(state, glyphs);
  const text = helpScroll(state, glyphs, width, height) ?? copiedScroll(state, width, height);
  const isLong = text !== undefined && text.total > text.shown;
  const scroll = isLong ? [hint(`${glyphs.keys.upDown} PgUp PgDn`, "scroll", 8)] : [];
  const other = screen.name === "help" ? [tabHint(screen.all)] : [];
  return [hint("Esc", "back", 9), ...other, ...scroll];
}

function tabHint(isAll: boolean): Hint {
  return hint("Tab", isAll ? "keys of this screen" : "keys of all screens", 7);
}
