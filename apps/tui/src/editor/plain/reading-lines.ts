import type { CopiedScreen, HelpScreen, PaletteScreen } from "../model/editor-state.ts";
import { plainHelp } from "./help-lines.ts";

/** What a screen that is only read says. */
export function readingLines(screen: HelpScreen | PaletteScreen | CopiedScreen): readonly string[] {
  return screen.name === "copied" ? screen.copied.text.split("\n") : plainHelp;
}
