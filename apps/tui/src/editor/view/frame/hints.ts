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
  while (hints.length > 1 && lineWidth(drawn(hints)) > width) {
    const least = Math.min(...hints.map(({ weight }) => weight));
    hints.splice(
      hints.findLastIndex(({ weight }) => weight === least),
      1,
    );
  }
  return drawn(hints);
}

function drawn(hints: readonly Hint[]): Line {
  const parts = hints.flatMap(({ keys, label }) => ["  ", bold(keys), dim(` ${label}`)]);
  return line(" ", ...parts.slice(1));
}
