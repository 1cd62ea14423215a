import { applyPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import { driveEditor, small, usual, type EditorDriver } from "../../../../test/editor-driver.ts";
import { listedApp } from "../../../../test/sample-apps.ts";
import type { Size } from "../../model/layout.ts";

// What the title of the review tells at each width: most of its lines may be above or below what is on the screen.

const widths = Array.from({ length: 81 }, (_, index) => 40 + index);
const hosts = ["127.0.0.1:8420", "10.120.130.140:18420", "contoso-install-summary.azurewebsites.net", "prod"];

/** The review of so many changes that look odd, of which others have changed the first app, and one app is left out. */
function review(size: Size, host: string, count = 3): EditorDriver {
  const apps = Array.from({ length: count + 1 }, (_, index) => listedApp(index, `App ${1000 + index}`));
  const editor = driveEditor(apps, size, { baseUrl: `https://${host}/beta` });
  for (let index = 0; index <= count; index += 1) {
    editor.press("home", ...Array.from({ length: index }, () => "down"), "right");
    editor.type("2000000000");
    editor.press("enter", "escape");
  }
  editor.press("s", "end", " ");
  const changed = apps.map((app, index) => {
    const installSummary = applyPatch(app.installSummary, { failedUserCount: 9 });
    return index === 0 ? { ...app, installSummary, etag: 'W/"99"' } : app;
  });
  editor.happen({ kind: "followed", followed: { kind: "gap" } });
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: changed, count: changed.length });
  editor.happen({ kind: "listLoaded", generation });
  expect(editor.state().screen.name).toBe("review");
  return editor;
}

function titleOf(editor: EditorDriver): string {
  return drawEditor(editor.state())[0]?.trimEnd() ?? "";
}

test.each(hosts)(
  "of %s it shows enough to tell it, and what is odd or changed by others is counted",
  (host) => {
    const editor = review(usual, host);
    for (const rows of [12, 24]) {
      for (const columns of widths) {
        editor.happen({ kind: "resized", size: { columns, rows } });
        const title = titleOf(editor);
        expect(title).toMatch(/^ Send 2/);
        expect(title).toContain("1 ≠ · 3 !");
        // Its end, or all of it.
        const [, shown = ""] = /\? {2}(\S+)/.exec(title) ?? [];
        expect(shown.length).toBeGreaterThanOrEqual(Math.min(12, host.length));
        expect(host.endsWith(shown.replace("…", ""))).toBe(true);
        // Of a number no part is left, which would be another address.
        expect(title).not.toMatch(/…\d/);
      }
    }
  },
);

test.each([
  [40, " Send 2?  127.0.0.1:8420      1 ≠ · 3 !"],
  [48, " Send 2 changes?  127.0.0.1:8420      1 ≠ · 3 !"],
  [60, " Send 2 changes to 2 apps?  127.0.0.1:8420        1 ≠ · 3 !"],
  [80, " Send 2 changes to 2 apps?  127.0.0.1:8420           1 app left out · 1 ≠ · 3 !"],
  [
    100,
    ` Send 2 changes to 2 apps?  127.0.0.1:8420${" ".repeat(17)}1 app left out · 1 ≠ · 3 ! · line 4 of 4`,
  ],
])("at %s columns it is %j", (columns, title) => {
  expect(titleOf(review({ columns, rows: 24 }, "127.0.0.1:8420"))).toBe(title);
});

test("of many changes the counts are whole in the smallest terminal", () => {
  expect(titleOf(review(small, "contoso.azurewebsites.net", 30))).toMatch(
    /^ Send 29\? {2}….*sites\.net {2,}1 ≠ · 30 !$/,
  );
});

test("a question of one change has room for all its words, and the place of the cursor, in the smallest terminal", () => {
  const editor = driveEditor([listedApp(0)], small);
  editor.press("right", "8", "enter", "s");
  expect(titleOf(editor)).toBe(" Send 1 change to 1 app?  127.0.0.1:8420");
});

test("of an editor that may only read it says so, and asks nothing", () => {
  const app = listedApp(0);
  const state = driveEditor([app]);
  state.press("right", "8", "enter", "s");
  for (const columns of widths) {
    state.happen({ kind: "resized", size: { columns, rows: 12 } });
    const [title = ""] = drawEditor({ ...state.state(), isReadOnly: true });
    expect(title).toMatch(/^ Read-only: nothing is sent(?: |$)/);
  }
});

test("where nothing can be sent the counts say why, at each width", () => {
  const app = listedApp(0);
  const editor = driveEditor([app]);
  editor.press("right", "8", "enter");
  const installSummary = applyPatch(app.installSummary, { failedDeviceCount: 9 });
  editor.read("refresh", { ...app, installSummary, etag: 'W/"99"' });
  editor.press("escape", "s");
  for (const columns of widths) {
    editor.happen({ kind: "resized", size: { columns, rows: 12 } });
    expect(titleOf(editor)).toMatch(/^ Nothing to send {2}127\.0\.0\.1:8420 +1 ≠$/);
  }
});

/** The review of so many apps with a change each, all of which are left out. */
function allLeftOut(host: string, count: number): EditorDriver {
  const editor = driveEditor(
    Array.from({ length: count }, (_, index) => listedApp(index, `App ${1000 + index}`)),
    small,
    { baseUrl: `https://${host}/beta` },
  );
  for (let index = 0; index < count; index += 1) {
    editor.press("home", ...Array.from({ length: index }, () => "down"), "right", "8", "enter", "escape");
  }
  editor.press("s", "home");
  for (let index = 0; index < count; index += 1) editor.press(" ", "down");
  return editor;
}

test.each(hosts)("where all is left out it says so at each width, and the host gives way: %s", (host) => {
  for (const count of [1, 12]) {
    const editor = allLeftOut(host, count);
    const reason = count === 1 ? "1 app left out" : "12 apps left out";
    for (const columns of widths) {
      editor.happen({ kind: "resized", size: { columns, rows: 12 } });
      const title = titleOf(editor);
      expect(title).toMatch(/^ Nothing to send {2}/);
      expect(title).toContain(reason);
      // Its end, or all of it, or nothing: no rest that tells it from no other.
      const shown = title.slice(" Nothing to send".length, title.indexOf(reason)).trim();
      expect(shown === "" || shown.length >= Math.min(12, host.length)).toBe(true);
      expect(host.endsWith(shown.replace("…", ""))).toBe(true);
    }
  }
});

test.each([
  [40, " Nothing to send         1 app left out"],
  [50, " Nothing to send  127.0.0.1:8420   1 app left out"],
])("at %s columns with all left out it is %j", (columns, title) => {
  const editor = allLeftOut("127.0.0.1:8420", 1);
  editor.happen({ kind: "resized", size: { columns, rows: 12 } });
  expect(titleOf(editor)).toBe(title);
});

test("where one app is left out and others have changed the other one, both reasons are whole at each width", () => {
  const app = listedApp(0);
  const editor = driveEditor([app, listedApp(1)]);
  editor.press("right", "8", "enter");
  const installSummary = applyPatch(app.installSummary, { failedDeviceCount: 9 });
  editor.read("refresh", { ...app, installSummary, etag: 'W/"99"' });
  editor.press("escape", "escape", "down", "right", "9", "enter", "escape", "s", "end", " ");
  for (const columns of widths) {
    editor.happen({ kind: "resized", size: { columns, rows: 12 } });
    expect(titleOf(editor)).toMatch(/^ Nothing to send .* 1 app left out · 1 ≠/);
  }
});
