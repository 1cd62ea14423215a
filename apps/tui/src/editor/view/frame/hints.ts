import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, lineWidth, type Line } from "../line.ts";
import type { Hint } from "./hint.ts";
import { questionHints } from "./question-hints.ts";
import { screenHints } from "./screen-hints.ts";

/** The keys that work now, as many as there is room for. */
export function hintLine(state: EditorState, glyphs: Glyphs, width: number): Line {
  const { question } = state;
  const hints =
    question === undefined
      ? [...screenHints(state, glyphs, width)]
      : [...questionHints(question, glyphs.keys)];
  while (hints.length > 1 && lineWidth(drawn(hints, glyphs)) > width) {
    const least = Math.min(...hints.map(({ weight }) => weight));
    hints.splice(
      hints.findLastIndex(({ weight }) => weight === least),
      1,
    );
  }
  return drawn(hints, glyphs);
}

function drawn(hints: readonly Hint[], glyphs: Glyphs): Line {
  const parts = hints.flatMap(({ keys, label }) => {
    // Elsewhere the arrow is a word between two values.
    const key = keys === glyphs.keys.right ? { ...bold(keys), said: "Right" } : bold(keys);
    return ["  ", key, dim(` ${label}`)];
  });
  return line(" ", ...parts.slice(1));
}
