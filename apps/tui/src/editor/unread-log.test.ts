import type { ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp } from "../../test/sample-apps.ts";
import type { Effect } from "./model/effect.ts";
import { plainHistory } from "./plain/history-lines.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";

// The list was read before others made these changes, and no stream tells of them.
const app = listedApp(0, "DataGrip", { failedDeviceCount: 55, failedUserCount: 1 }, 'W/"4"');
const fifth = loggedChange({
  version: 5,
  before: { failedDeviceCount: 55 },
  after: { failedDeviceCount: 95 },
});
const sixth = loggedChange({ version: 6, before: { failedUserCount: 1 }, after: { failedUserCount: 2 } });
const now = {
  ...app,
  installSummary: { ...app.installSummary, failedDeviceCount: 95, failedUserCount: 2 },
  etag: 'W/"6"',
};
const nothing = "Nothing to take back: the earlier values are there already.";

function history(key: "h" | "H", changes: readonly ListedChange[]): EditorDriver {
  const editor = driveEditor([app]);
  editor.press(key);
  editor.happen({ kind: "historyRead", generation: 1, changes, hasMore: true });
  return editor;
}

function screen(editor: EditorDriver): string {
  return drawEditor(editor.state()).join("\n");
}

function readings(editor: EditorDriver): readonly Effect[] {
  return editor.effects().filter(({ kind }) => kind === "readApp");
}

function edits(editor: EditorDriver): unknown {
  return editor.state().staging.apps.get(app.id)?.edits;
}

test.each(["h", "H"] as const)(
  "changes that %s shows and that follow what was read are taken in: one u takes one back",
  (key) => {
    const editor = history(key, [sixth, fifth]);
    editor.press("down");
    expect(screen(editor)).toMatch(/failed devices 95 → 55 +still as the change left it/);
    expect(drawEditor(editor.state()).at(-1)).toContain("u stage what takes it back");
    expect(readings(editor)).toEqual([]);
    editor.press("u");
    expect(edits(editor)).toEqual({ failedDeviceCount: 55 });
    expect(editor.state().screen.name).toBe("review");
  },
);

/** The history whose rows do not follow what was read, since older ones are on the next page. */
function withGap(): EditorDriver {
  const editor = history("h", [sixth]);
  expect(readings(editor)).toMatchObject([{ purpose: "newer", appId: app.id }]);
  return editor;
}

test("what was not read yet is never said to be there: the app is read first, and one u decides on that", () => {
  const editor = withGap();
  expect(screen(editor)).toContain("The log has version 6, and version 4 was read: the app is read first.");
  expect(screen(editor)).not.toContain("there already");
  expect(screen(editor)).toContain("version 6 now");
  expect(plainHistory(editor.state(), unicodeGlyphs, 0)[0]).toContain("version 6 now.");
  expect(drawEditor(editor.state()).at(-1)).toContain("u stage what takes it back");
  editor.press("u");
  expect(readings(editor)).toMatchObject([{ purpose: "takeBack", appId: app.id }]);
  expect(editor.state().notice?.text).toBe("Reading the app first …");
  expect(edits(editor)).toBeUndefined();
  editor.read("takeBack", now);
  expect(edits(editor)).toEqual({ failedUserCount: 1 });
  expect(editor.state().screen.name).toBe("review");
  expect(editor.state().notice?.text).toBe("Staged: what takes it back. y sends it. (DataGrip · Windows)");
});

test("where others have taken it back meanwhile, what was read says that nothing is left to do", () => {
  const editor = withGap();
  editor.press("u");
  const back = { ...now, installSummary: { ...now.installSummary, failedUserCount: 1 }, etag: 'W/"7"' };
  editor.read("takeBack", back);
  expect(edits(editor)).toBeUndefined();
  expect(editor.state().notice?.text).toBe(nothing);
});

test("what was asked for before something newer came is read once more, and then decides", () => {
  const editor = withGap();
  editor.press("u");
  const { eventCount } = editor.state();
  editor.read("newer", { ...app, etag: 'W/"5"' });
  editor.effects();
  editor.read("takeBack", app, { askedAt: eventCount });
  expect(readings(editor)).toMatchObject([{ purpose: "takeBack" }]);
  editor.read("takeBack", now);
  expect(edits(editor)).toEqual({ failedUserCount: 1 });
});

test("a person who does something else before the app has come gets nothing staged, and its numbers", () => {
  const editor = withGap();
  editor.press("u", "escape");
  const { screen: place } = editor.state();
  editor.read("takeBack", now);
  expect(edits(editor)).toBeUndefined();
  expect(editor.state().screen).toEqual(place);
  expect(editor.state().list.apps[0]?.etag).toBe('W/"6"');
});

test.each([
  [
    "cannot be read",
    (editor: EditorDriver) =>
      editor.happen({
        kind: "readFailed",
        purpose: "takeBack",
        appId: app.id,
        failure: responded(500, { message: "It failed." }),
      }),
    /^Nothing staged: the app could not be read\. .*It failed\. u tries again\.$/,
  ],
  [
    "is read as it was before",
    (editor: EditorDriver) => editor.read("takeBack", app),
    /^Nothing staged: the log has version 6, and the server responded with version 4\. u reads it again\.$/,
  ],
])("an app that %s stages nothing, says why, and u reads it again", (_, respond, text) => {
  const editor = withGap();
  editor.press("u");
  respond(editor);
  expect(edits(editor)).toBeUndefined();
  expect(editor.state().notice).toMatchObject({ tone: "wrong", text: expect.stringMatching(text) });
  expect(screen(editor)).not.toContain("there already");
  editor.effects();
  editor.press("u");
  expect(readings(editor)).toMatchObject([{ purpose: "takeBack" }]);
});
