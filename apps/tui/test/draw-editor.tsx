import { renderToString } from "ink";
import { ThemeContext, type Theme } from "../src/editor/ink/theme.ts";
import { Editor } from "../src/editor/ink/screens/editor-screen.tsx";
import type { EditorState } from "../src/editor/model/editor-state.ts";
import { unicodeGlyphs } from "../src/editor/view/glyphs.ts";

const plain: Theme = { glyphs: unicodeGlyphs, colours: false };

/** The rows of the screen that a state of the editor makes. */
export function drawEditor(state: EditorState, theme: Theme = plain): readonly string[] {
  const drawn = renderToString(
    <ThemeContext value={theme}>
      <Editor state={state} />
    </ThemeContext>,
    { columns: state.size.columns },
  );
  return drawn.split("\n");
}
