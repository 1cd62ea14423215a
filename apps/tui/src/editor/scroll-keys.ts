import { stepOf } from "./keys/step-of.ts";
import type { EditorState } from "./model/editor-state.ts";
import { transition, say, type Transition } from "./model/transition.ts";
import { copiedScroll } from "./view/frame/copied-lines.ts";
import { bodyHeight } from "./view/frame/message-line.ts";
import { helpScroll } from "./view/frame/help-lines.ts";
import type { Glyphs } from "./view/glyphs.ts";
import { firstLine, type Scroll } from "./view/scrolling.ts";
import { detailsScroll } from "./view/sending/results-lines.ts";

/** A key that scrolls a text: help, what was copied, or the details of a result. Undefined for any other. */
export function scrollKey(state: EditorState, key: string, glyphs: Glyphs): Transition | undefined {
  const { screen } = state;
  if (screen.name !== "help" && screen.name !== "copied" && screen.name !== "results") return undefined;
  const scroll = scrollOf(state, glyphs);
  // Where there are several results the other keys go from one to the next.
  const isPaged = screen.name === "results" && screen.sending.items.length > 1;
  if (scroll === undefined || (isPaged && key !== " ")) return undefined;
  const top = firstLine(screen.top, scroll);
  const step = key === " " ? pageStep(top, scroll) : stepOf(key, Math.max(1, scroll.shown - 1));
  if (step === undefined) return undefined;
  if (scroll.total <= scroll.shown) return transition(say(state, "All of it is shown."));
  return transition({ ...state, screen: { ...screen, top: firstLine(top + step, scroll) } });
}

function scrollOf(state: EditorState, glyphs: Glyphs): Scroll | undefined {
  const { columns } = state.size;
  const height = bodyHeight(state, glyphs);
  return (
    helpScroll(state, glyphs, columns, height) ??
    copiedScroll(state, columns, height) ??
    detailsScroll(state, glyphs, columns, height)
  );
}

/** A page further; from the end it goes on at the start. */
function pageStep(top: number, { total, shown }: Scroll): number {
  return top + shown >= total ? -Infinity : shown;
}
