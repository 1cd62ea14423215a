import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { Size } from "./model/layout.ts";

// A server that was started with the editor ends with it: then an undo command reaches nothing.

const roomy = { columns: 80, rows: 24 };
const sizes = [roomy, { columns: 52, rows: 16 }, { columns: 40, rows: 16 }];
const etags = ['W/"8"', undefined];

function sent(size: Size, etag: string | undefined, startCall: string | undefined): EditorDriver {
  const editor = driveEditor([listedApp(0, "Payroll")], size, { startCall });
  editor.press("right", "8", "enter", "s", "y");
  const { installSummary: summary } = listedApp(0, "Payroll", { failedDeviceCount: 8 });
  editor.happen({ kind: "patchAcknowledged", appId: sampleId(0), summary, etag });
  return editor;
}

function text(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
}

test.each(sizes.flatMap((size) => etags.map((etag) => [size, etag] as const)))(
  "the undo command is said to work while the editor runs, where its server ends with it: %j, ETag %s",
  (size, etag) => {
    expect(text(sent(size, etag, "pnpm start"))).toContain("Undo while the editor runs");
    expect(text(sent(size, etag, undefined))).not.toContain("while the editor runs");
    const isSaid = etag === undefined || size === roomy;
    const guard =
      etag === undefined ? "(the last writer wins):" : "(does nothing if the app has changed since):";
    expect(text(sent(size, etag, "pnpm start")).includes(`runs ${guard}`)).toBe(isSaid);
  },
);

test.each([
  ["in the results", ["C"]],
  ["in the list", ["escape", "escape", "escape", "c"]],
])("so is a copied one: %s", (_where, keys) => {
  const own = sent(roomy, 'W/"8"', "pnpm start");
  own.press(...keys);
  expect(text(own)).toContain(", while the editor runs: its server ends with it.");
  const other = sent(roomy, 'W/"8"', undefined);
  other.press(...keys);
  expect(text(other)).toMatch(/Copied: the command/);
  expect(text(other)).not.toContain("while the editor runs");
});
