import { createContext, use } from "react";
import { unicodeGlyphs, type Glyphs } from "../view/glyphs.ts";

/** How the editor may draw. */
export interface Theme {
  readonly glyphs: Glyphs;
  /** Whether colours are wanted. Bold, dim and reverse video are no colours. */
  readonly colours: boolean;
}

/** Gives the theme to everything that is drawn. */
export const ThemeContext = createContext<Theme>({ glyphs: unicodeGlyphs, colours: true });

/** The theme of what is being drawn. */
export function useTheme(): Theme {
  return use(ThemeContext);
}
