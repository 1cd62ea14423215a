import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import { driveEditor, large, small, usual, type EditorDriver } from "../../../../test/editor-driver.ts";
import { listedApp } from "../../../../test/sample-apps.ts";
import type { Size } from "../../model/layout.ts";

// Whole screens, in frames/NAME-COLUMNSxROWS.txt. `vitest -u` writes them anew; read what changed.

const apps = [
  ...["Google 給与計算システム 2.2", "Zoom Chrome Enterprise 3.3", "Evil\u001b[2J App 1.0"].map(
    (name, index) => listedApp(index + 1, name, { failedDeviceCount: [16, 341, 96][index] ?? 0 }),
  ),
  // Three of one name.
  ...[0, 1, 2].map((index) => listedApp(index + 8, "Workday", { failedDeviceCount: 7 - index })),
  listedApp(12, "Large", { installedDeviceCount: 2_147_483_647, failedDeviceCount: 2_000_000_000 }),
  listedApp(13, "Healthy", { failedDeviceCount: 0, failedUserCount: 0 }),
];

const screens: Readonly<Record<string, (editor: EditorDriver) => void>> = {
  list(editor) {
    stage(editor);
  },
  entry(editor) {
    stage(editor);
    editor.press("right", "up", "tab", "1", ".", "5");
  },
  large(editor) {
    editor.press("right", "down", "1", "enter");
  },
};

/** Failed devices of an app become 8, and the cursor is back in the list. */
function stage(editor: EditorDriver): void {
  editor.press("down", "down", "right", "down", "8", "enter", "escape");
}

test.each(
  Object.entries(screens).flatMap(([name, steps]) =>
    [small, usual, large].map((size) => ({ name: `${name}-${size.columns}x${size.rows}`, steps, size })),
  ),
)("$name looks like its frame", async ({ name, steps, size }: Frame) => {
  const editor = driveEditor(apps, size);
  steps(editor);
  const rows = drawEditor(editor.state());
  expect(rows.length).toBeLessThanOrEqual(size.rows);
  const picture = rows.map((row) => `${row.trimEnd()}\n`).join("");
  await expect(picture).toMatchFileSnapshot(`frames/${name}.txt`);
});

interface Frame {
  readonly name: string;
  readonly steps: (editor: EditorDriver) => void;
  readonly size: Size;
}
