import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, lineWidth, type Line } from "../line.ts";
import { hint, type Hint } from "./hint.ts";
import { questionHints } from "./question-hints.ts";
import { screenHints } from "./screen-hints.ts";

/** The keys that work now, as many as there is room for. */
export function hintLine(state: EditorState, glyphs: Glyphs, width: number): Line {
  const hints = [...hintsOf(state, glyphs, width)];
  while (hints.length > 1 && lineWidth(drawn(hints, glyphs)) > width) {
    const least = Math.min(...hints.map(({ weight }) => weight));
    hints.splice(
      hints.findLastIndex(({ weight }) => weight === least),
      1,
    );
  }
  return drawn(hints, glyphs);
}

function hintsOf(state: EditorState, glyphs: Glyphs, width: number): readonly Hint[] {
  // Any other key waits.
  if (state.ahead.length > 0) return [hint("Ctrl-C", "drop what was typed", 9)];
  const { question } = state;
  return question === undefined ? screenHints(state, glyphs, width) : questionHints(question, glyphs.keys);
}

function drawn(hints: readonly Hint[], glyphs: Glyphs): Line {
  const parts = hints.flatMap(({ keys, label }) => {
    // Elsewhere the arrow is a word between two values.
    const key = keys === glyphs.keys.right ? { ...bold(keys), said: "Right" } : bold(keys);
    return ["  ", key, dim(` ${label.replace("…", glyphs.goesOn)}`)];
  });
  return line(" ", ...parts.slice(1));
}
