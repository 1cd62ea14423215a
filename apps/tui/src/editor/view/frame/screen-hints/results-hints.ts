import type { EditorState, ResultsScreen } from "../../../model/editor-state.ts";
import { resultsToRead } from "../../../model/results.ts";
import { hasChanged, wasApplied } from "../../../model/send-status.ts";
import type { Glyphs } from "../../glyphs.ts";
import { hint, type Hint } from "../hint.ts";
import { more, openReviewHints, quit, tokenHints } from "./shared-hints.ts";

export function resultHints(
  state: EditorState,
  screen: ResultsScreen,
  keys: Glyphs["keys"],
): readonly Hint[] {
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
