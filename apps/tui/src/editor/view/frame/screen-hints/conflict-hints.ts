import { countOpen } from "../../../model/conflicts.ts";
import type { ConflictScreen, EditorState } from "../../../model/editor-state.ts";
import type { Glyphs } from "../../glyphs.ts";
import { hint, type Hint } from "../hint.ts";
import { more } from "./shared-hints.ts";

export function conflictHints(
  { staging, isReadOnly }: EditorState,
  { entry }: ConflictScreen,
  keys: Glyphs["keys"],
): readonly Hint[] {
  if (entry !== undefined)
    return [hint(keys.enter, "stage", 9), hint("Esc", "drop", 8), hint("Ctrl-U", "empty", 4)];
  const open = countOpen(staging);
  return [
    hint("m", "mine", open > 0 ? 9 : 5),
    hint("t", "theirs", open > 0 ? 9 : 5),
    ...(isReadOnly ? [] : [hint("e", "another number", 6)]),
    hint("M T", "all of this app", 4),
    ...(open > 1 ? [hint("n N", `next`, 5)] : []),
    hint(keys.enter, "to the review", open > 0 ? 3 : 9),
    hint("Esc", "back", 7),
    more,
    hint("?", "keys", 4),
  ];
}
