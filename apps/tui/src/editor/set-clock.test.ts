import { afterEach, expect, test, vi } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, driveEmptyEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { createEditorStore, timesNow } from "./editor-store.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";

// The clock of the computer is set while something waits: a wait takes as long as it was said to.

const hour = 3600;
const clocks = [
  ["an hour back", -hour],
  ["a day back", -24 * hour],
  ["an hour ahead", hour],
  ["a day ahead", 24 * hour],
] as const;
const busy = responded(503, { retryAfter: 4 });

function sendOne(): EditorDriver {
  const editor = driveEditor([listedApp(0)]);
  editor.press("right", "8", "enter", "s", "y");
  editor.effects();
  return editor;
}

function screen(editor: EditorDriver): string {
  return drawEditor(editor.state()).join("\n");
}

test.each(clocks)("%s: a change is sent again once the server's wait is over, not sooner", (_, seconds) => {
  const editor = sendOne();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: busy });
  editor.setClock(seconds);
  expect(screen(editor)).toContain("sent again in 4 s");
  editor.wait(3);
  expect(screen(editor)).toMatch(/Sending +0 of 1 .* 3 s/);
  expect(editor.effects()).toEqual([]);
  editor.wait(1);
  expect(editor.effects()).toMatchObject([{ kind: "sendPatch" }]);
});

test.each(clocks)("%s: a change without a response is looked for after its pause", (_, seconds) => {
  const editor = sendOne();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.setClock(seconds);
  expect(screen(editor)).toContain("read again in 1 s");
  expect(editor.effects()).toEqual([]);
  editor.wait(1);
  expect(editor.effects()).toMatchObject([{ kind: "readApp", purpose: "look" }]);
});

test.each(clocks)("%s: the list is read again after its pause", (_, seconds) => {
  const editor = driveEmptyEditor();
  editor.setClock(seconds);
  editor.wait(2);
  expect(screen(editor)).toContain("Connecting … 2 s");
  const { generation } = editor.state().list;
  editor.happen({ kind: "listFailed", generation, failure: busy });
  editor.setClock(seconds);
  expect(screen(editor)).toContain("Trying again in 4 s");
  expect(editor.effects()).toEqual([]);
  editor.wait(4);
  expect(editor.effects()).toMatchObject([{ kind: "loadPages" }]);
});

test.each(clocks)("%s: a newer version that could not be read is read after its pause", (_, seconds) => {
  const editor = driveEditor([listedApp(0), listedApp(1)]);
  editor.happen({ kind: "readFailed", purpose: "newer", appId: sampleId(1), failure: busy });
  editor.setClock(seconds);
  expect(editor.effects()).toEqual([]);
  editor.wait(4);
  expect(editor.effects()).toContainEqual(
    expect.objectContaining({ kind: "readApp", purpose: "newer", appId: sampleId(1) }),
  );
});

test.each(clocks)("%s: the trend of an app is read once a person has stayed on it", (_, seconds) => {
  const editor = driveEditor([listedApp(0)]);
  editor.press("up");
  editor.setClock(seconds);
  expect(editor.effects()).toEqual([]);
  editor.wait(1);
  expect(editor.effects()).toMatchObject([{ kind: "readTrend", now: editor.state().now }]);
});

afterEach(() => void vi.useRealTimers());

test("the editor's times are the computer's clock and one that setting it does not move", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const store = createEditorStore(driveEmptyEditor().state(), () => {}, unicodeGlyphs);
  const before = timesNow();
  vi.setSystemTime(before.now - hour * 1000);
  store.dispatch({ kind: "ticked" });
  const { now, uptime } = store.state();
  store.close();
  expect(now).toBe(before.now - hour * 1000);
  expect(uptime).toBeGreaterThanOrEqual(before.uptime);
});
