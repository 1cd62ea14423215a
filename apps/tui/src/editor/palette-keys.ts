import { withoutLastWord } from "../text/last-word.ts";
import { withoutLast } from "./keys/filter-keys.ts";
import { arrowStep } from "./keys/step-of.ts";
import type { EditorState, PaletteScreen } from "./model/editor-state.ts";
import { isText } from "./model/key.ts";
import { linesOfPage } from "./model/layout.ts";
import { say, transition, type Transition } from "./model/transition.ts";
import type { Glyphs } from "./view/glyphs.ts";
import { hasPalette, paletteCommands, type PaletteCommand } from "./view/frame/palette-commands.ts";

/** Opens the palette over a screen that has commands; undefined on any other, where `:` is text or means nothing. */
export function openPalette(state: EditorState, glyphs: Glyphs): Transition | undefined {
  if (!hasPalette(state, glyphs)) return undefined;
  return transition({ ...state, screen: { name: "palette", text: "", line: 0, back: state.screen } });
}

/** A key in the palette. Enter closes it and gives the keys of the command to `press`, as if they were pressed, but never sends. */
export function paletteKey(
  state: EditorState,
  screen: PaletteScreen,
  key: string,
  glyphs: Glyphs,
  press: (state: EditorState, key: string) => Transition,
): Transition {
  const commands = paletteCommands(state, screen, glyphs);
  const type = (text: string): Transition => transition({ ...state, screen: { ...screen, text, line: 0 } });
  const step = arrowStep(key, linesOfPage(state.size));
  if (step !== undefined) {
    const line = Math.max(0, Math.min(commands.length - 1, screen.line + step));
    return transition({ ...state, screen: { ...screen, line } });
  }
  switch (key) {
    case "backspace":
      // As in editors of text: what opened it is deleted too.
      return screen.text === ""
        ? transition({ ...state, screen: screen.back })
        : type(withoutLast(screen.text));
    case "ctrl-u":
      return type("");
    case "ctrl-w":
      return type(withoutLastWord(screen.text));
    case "escape":
      return transition({ ...state, screen: screen.back });
    case "enter": {
      const command = commands[screen.line];
      if (command === undefined) return transition(say(state, "No command matches: Backspace, or Esc."));
      const closed: EditorState = { ...state, screen: screen.back };
      if (sends(screen, command)) return transition(say(closed, "Only the key y itself sends."));
      return pressAll(closed, command.keys, press);
    }
    default:
      if (isText(key)) return type(screen.text + key);
      return transition(say(state, "Enter runs the command, Esc closes."));
  }
}

/** Whether a command would send: that takes the key for it, on the screen that shows what is sent. */
function sends({ back }: PaletteScreen, { keys }: PaletteCommand): boolean {
  return back.name === "review" && keys.includes("y");
}

function pressAll(
  state: EditorState,
  keys: readonly string[],
  press: (state: EditorState, key: string) => Transition,
): Transition {
  let last = transition(state);
  for (const key of keys) {
    const next = press(last.state, key);
    last = transition(next.state, ...last.effects, ...next.effects);
  }
  return last;
}
