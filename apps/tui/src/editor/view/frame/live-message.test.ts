import { expect, test } from "vitest";
import { driveEditor, type EditorDriver } from "../../../../test/editor-driver.ts";
import { loggedChange } from "../../../../test/logged-change.ts";
import { listedApp } from "../../../../test/sample-apps.ts";
import { widthOf } from "../../../text/width.ts";
import { unicodeGlyphs } from "../glyphs.ts";
import { lineText } from "../line.ts";
import { messageLines } from "./message-line.ts";

// The message line at each width: a number is never cut, and an app is told from others of its name.

const widths = Array.from({ length: 81 }, (_, index) => 40 + index);
const names = [
  "VLC",
  "Google Chrome Enterprise",
  "Microsoft 365 Apps for enterprise, monthly channel",
  "給与計算システム給与計算システム",
];

/** An editor in which someone has just changed the app of this name. */
function changed(name: string, before: number, after: number, actor = "Ada Byron"): EditorDriver {
  const listed = listedApp(3, name, { notApplicableDeviceCount: before });
  const app = { ...listed, id: "7c1e44d0-4b2a-48b2-9908-1f80f4534ad5" };
  const editor = driveEditor([app, listedApp(4, name)]);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  const change = loggedChange({
    appId: app.id,
    displayName: name,
    version: 8,
    actor,
    changedAt: new Date(editor.state().now).toISOString(),
    before: { notApplicableDeviceCount: before },
    after: { notApplicableDeviceCount: after },
  });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
  return editor;
}

function rowsAt(editor: EditorDriver, columns: number): readonly string[] {
  editor.happen({ kind: "resized", size: { columns, rows: 12 } });
  const rows = messageLines(editor.state(), unicodeGlyphs, columns).map(lineText);
  for (const row of rows) expect(widthOf(row)).toBeLessThan(columns);
  return rows;
}

test.each(names)(
  "of a change of %s both numbers are shown at each width, and which app it is where there is room",
  (name) => {
    for (const [before, after] of [
      [2, 4],
      [1277, 1300],
      [1_234_567_890, 2_147_483_647],
    ] as const) {
      const editor = changed(name, before, after);
      const numbers = `${before.toLocaleString("en")} → ${after.toLocaleString("en")}`;
      for (const columns of widths) {
        const rows = rowsAt(editor, columns);
        expect(rows.map((row) => row.trim()).join(" ")).toContain(`not applicable devices ${numbers}`);
        const isNamed = rows.join("").includes("7c1e44d0");
        expect(isNamed || columns < (after < 10 ? 50 : 80)).toBe(true);
      }
    }
  },
);

test.each([
  [40, " Google …: not applicable devices 2 → 4"],
  [48, " Googl…  7c1e44d0: not applicable devices 2 → 4"],
  [60, " Google Chr…  7c1e44d0: not applicable devices 2 → 4 by Ada"],
  [80, " Google Chrome E… · macOS  7c1e44d0: not applicable devices 2 → 4 by Ada, TIME"],
  [120, " live · Google Chrome Enterprise · macOS  7c1e44d0: not applicable devices 2 → 4 by Ada, TIME"],
])("at %s columns the news are %j", (columns, text) => {
  const [row = ""] = rowsAt(changed("Google Chrome Enterprise", 2, 4, "Ada"), columns);
  expect(row.replace(/, \d+:\d\d$/, ", TIME")).toBe(text);
});

test("what was staged is told with its new number at each width", () => {
  for (const typed of ["7", "1204", "2147483647"]) {
    const editor = driveEditor([listedApp(0, "App", { notApplicableDeviceCount: 1_234_567 })]);
    editor.press("right", "down");
    for (const columns of widths) {
      editor.happen({ kind: "resized", size: { columns, rows: 12 } });
      editor.type(typed);
      editor.press("enter");
      const rows = rowsAt(editor, columns);
      expect(rows.join("")).toContain(Number(typed).toLocaleString("en"));
      editor.press("u");
      expect(rowsAt(editor, columns).join("")).toContain("Undone: not applicable devices");
    }
  }
});
