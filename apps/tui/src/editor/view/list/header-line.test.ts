import { expect, test } from "vitest";
import { driveEditor, small, usual, type EditorDriver } from "../../../../test/editor-driver.ts";
import { listedApp } from "../../../../test/sample-apps.ts";
import { headerLine } from "./header-line.ts";
import { unicodeGlyphs } from "../glyphs.ts";
import { lineText, lineWidth } from "../line.ts";

const apps = Array.from({ length: 200 }, (_, index) => listedApp(index, `App ${index}`));

function header(editor: EditorDriver): string {
  const state = editor.state();
  const drawn = headerLine(state, unicodeGlyphs, state.size.columns);
  expect(lineWidth(drawn)).toBe(state.size.columns);
  return lineText(drawn);
}

/** An editor with one staged app, and with that filter. */
function filtered(text: string, size = usual, baseUrl?: string): EditorDriver {
  const editor = driveEditor(apps, size, baseUrl === undefined ? {} : { baseUrl });
  editor.press("right", "8", "enter", "escape", "/");
  editor.type(text);
  return editor;
}

test("a long filter is cut before what is staged, the order and the host", () => {
  const editor = filtered("app contoso microsoft failures");
  editor.press("enter");
  expect(header(editor)).toBe(
    " Install Summary  0 of 200 apps · filter: app co… · best match first · 1 staged ",
  );
});

test("a host that does not fit is left out rather than cut to nothing", () => {
  const editor = filtered("app is:staged");
  editor.press("enter", "f");
  expect(header(editor)).toBe(
    " Install Summary     1 of 200 apps · has failures · best match first · 1 staged ",
  );
});

test("of a long host the beginning is shown", () => {
  const editor = driveEditor(apps, usual, {
    baseUrl: "https://contoso-install-summary.azurewebsites.net/beta",
  });
  editor.press("right", "8", "enter", "escape");
  expect(header(editor)).toBe(
    " Install Summary  contoso-install…            200 apps · by failed ↓ · 1 staged ",
  );
});

test.each([`${"contoso ".repeat(9)}x`, "給与".repeat(20), "👩‍💻".repeat(35)])(
  "the caret stays behind %s",
  (text) => {
    for (const size of [usual, small]) {
      const shown = header(filtered(text, size));
      const last = text.endsWith("x") ? "x" : text.endsWith("与") ? "与" : "👩‍💻";
      expect(shown).toMatch(new RegExp(`^ / ….*${last}▏ {2,}0 of 200   Esc all $`, "u"));
    }
  },
);

test("it says when the list was read, until changes are seen as they are made", () => {
  const editor = driveEditor(apps);
  expect(header(editor)).toMatch(/^ Install Summary {2}127\.0\.0\.1:8420 · read \d+:\d\d {2,}200 apps/);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  expect(header(editor)).toMatch(/^ Install Summary {2}127\.0\.0\.1:8420 · live {2,}200 apps/);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "lost" } });
  expect(header(editor)).toContain(" · read ");
});

test("one app is one app", () => {
  expect(header(driveEditor(apps.slice(0, 1)))).toMatch(/ 1 app · by failed ↓ $/);
});

test("matches that are not ranked keep the order, and it is said", () => {
  const editor = driveEditor([
    listedApp(0, "Visual Studio Code", { failedDeviceCount: 1 }),
    listedApp(1, "Visual Studio Coder", { failedDeviceCount: 9 }),
  ]);
  editor.press("/");
  editor.type("vscode");
  editor.press("enter");
  expect(header(editor)).toContain("2 apps · filter: vscode · by failed ↓");
  expect([...editor.state().list.rows]).toEqual([1, 0]);
});

test("a filter without words keeps the order, and says so", () => {
  const editor = filtered("failed>0");
  editor.press("enter");
  expect(header(editor)).toContain("by failed ↓");
  expect(header(editor)).not.toContain("best match");
});
