import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import { driveEmptyEditor, usual } from "../../../../test/editor-driver.ts";
import { responded } from "../../../../test/failures.ts";
import { frameNames, frameSizes, frameState, frameText } from "../../../../test/frame-screens.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { glyphsFor } from "../../view/glyphs.ts";

// Whole screens, in frames/NAME-COLUMNSxROWS.txt. `vitest -u` writes them anew; read what changed.

test.each(frameSizes)("$columns×$rows: without a token that works it says what to do", async (size) => {
  const editor = driveEmptyEditor(size);
  const failure = responded(401, { message: "Lifetime validation failed, the token is expired." });
  editor.happen({ kind: "listFailed", generation: 1, failure });
  const picture = frameText("signed-out", drawEditor(editor.state()));
  await expect(picture).toMatchFileSnapshot(`frames/signed-out-${size.columns}x${size.rows}.txt`);
});

test.each(frameNames().flatMap((name) => frameSizes.map((size) => ({ name, size, ...size }))))(
  "$name at $columns×$rows looks like its frame",
  async ({ name, size }) => {
    const picture = frameText(name, drawEditor(frameState(name, size)));
    await expect(picture).toMatchFileSnapshot(`frames/${name}-${size.columns}x${size.rows}.txt`);
  },
);

test.each(
  ["conflict-table", "review", "results", "conflict"].flatMap((name) => [
    [name, "C"],
    [name, "C.UTF-8"],
  ]),
)("the help of %s tells the signs that begin its rows, as they are there, with %s", (name, LANG) => {
  const glyphs = glyphsFor({ LANG });
  const state = frameState(name, usual);
  const drawn = (shown: EditorState): readonly string[] => drawEditor(shown, { glyphs, colours: false });
  const screen = { name: "help", top: 0, all: false, back: state.screen } as const;
  const [, legend = ""] = drawn({ ...state, screen, size: { columns: 80, rows: 60 } })
    .join("\n")
    .split("Signs");
  const begun = drawn(state)
    .slice(0, -1)
    .flatMap((row) => /^[ ▸>]{1,6}([^ \w[({"]) /.exec(row)?.[1] ?? []);
  // What was sent says so.
  const signs = begun.filter((sign) => sign !== glyphs.done && sign !== glyphs.cursor);
  expect(signs).not.toEqual([]);
  expect(signs.filter((sign) => !legend.includes(` ${sign} `))).toEqual([]);
});
