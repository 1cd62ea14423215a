import { judgeTakeBack } from "../../../actions/judge-take-back.ts";
import type { EditorState } from "../../../model/editor-state.ts";
import { currentChange } from "../../../model/history.ts";
import { narrow } from "../../../model/layout.ts";
import type { Glyphs } from "../../glyphs.ts";
import { hint, type Hint } from "../hint.ts";
import { more, openReviewHints } from "./shared-hints.ts";

export function historyHints(state: EditorState, keys: Glyphs["keys"], width: number): readonly Hint[] {
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
