import type { Question } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { hint, type Hint } from "./hint.ts";

/** The keys that reply to a question. */
export function questionHints(question: Question, keys: Glyphs["keys"]): readonly Hint[] {
  switch (question.kind) {
    case "quit":
      return [hint("y", "quit", 9), hint("Esc", "stay", 9)];
    case "drop":
      return [hint("y", "drop", 9), hint("Esc", "keep", 9)];
    case "throwAway":
      return [hint("y", "this one", 9), hint("A", "all", 7), hint("Esc", "keep", 9)];
    case "copy":
      return [hint("c", "curl", 9), hint("p", "PowerShell", 9), hint("j", "JSON", 9), hint("Esc", "back", 9)];
    case "token":
      return [hint(keys.enter, "use it", 9), hint("Esc", "keep the old one", 9)];
    case "sendMany":
      return [hint(keys.enter, "send", 9), hint("Esc", "back", 9)];
  }
}
