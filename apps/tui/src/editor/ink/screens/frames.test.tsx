import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import { driveEmptyEditor } from "../../../../test/editor-driver.ts";
import { responded } from "../../../../test/failures.ts";
import { frameNames, frameSizes, frameState, frameText } from "../../../../test/frame-screens.ts";

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
