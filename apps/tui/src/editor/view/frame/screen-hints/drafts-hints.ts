import type { EditorState } from "../../../model/editor-state.ts";
import type { Glyphs } from "../../glyphs.ts";
import { hint, type Hint } from "../hint.ts";
import { more, quit } from "./shared-hints.ts";

export function draftsHints({ drafts }: EditorState, keys: Glyphs["keys"]): readonly Hint[] {
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
