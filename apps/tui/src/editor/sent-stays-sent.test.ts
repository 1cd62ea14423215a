import type { InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { KnownApp } from "../words/known-app.ts";

// A change that the server has stays so in its results, whatever is staged of the same app after it.

const before = { failedDeviceCount: 18 };
const after = { failedDeviceCount: 16 };

/** One of two apps as a version of it has been left. */
function version(place: number, etag: string, counters: InstallSummaryPatch): KnownApp {
  return listedApp(place, `App ${place}`, counters, etag);
}

const listed = [0, 1].map((place) => version(place, 'W/"6"', before));

/** The editor with 16 failed devices of both apps sent: the second is applied, what becomes of the first is to come. */
function sendingEditor(): EditorDriver {
  const editor = driveEditor(listed);
  editor.press("o", "m", "home");
  for (const _ of listed) {
    editor.press("right");
    editor.happen({ kind: "paste", text: '{"failedDeviceCount":16}' });
    editor.press("escape", "down");
  }
  editor.press("s", "y");
  acknowledge(editor, 1);
  return editor;
}

function acknowledge(editor: EditorDriver, place: number): void {
  const { id, installSummary: summary } = version(place, 'W/"7"', after);
  editor.happen({ kind: "patchAcknowledged", appId: id, summary, etag: 'W/"7"' });
}

/** Both are in the results, the first applied as version 7. */
function bothSent(): EditorDriver {
  const editor = sendingEditor();
  acknowledge(editor, 0);
  editor.press("home");
  return editor;
}

/** Opens the history of the app under the cursor, and stages there what takes its change back. */
function takeBackInHistory(editor: EditorDriver): void {
  editor.press("h");
  const changes = [loggedChange({ before, after })];
  editor.happen({
    kind: "historyRead",
    generation: editor.state().history?.generation ?? 0,
    changes,
    hasMore: false,
  });
  editor.press("u");
  expect(editor.state().notice?.text).toContain("Staged: what takes it back.");
}

/** Others have changed the first app, and R reads it. */
function readNewer(editor: EditorDriver, counters: InstallSummaryPatch): void {
  const change = loggedChange({ version: 9, before: {}, after: counters });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
  editor.press("R");
  editor.read("refresh", version(0, 'W/"9"', { ...after, ...counters }));
}

/** What the results say, and what they copy and take back. */
function results(
  editor: EditorDriver,
): readonly [text: string, copied: string, takenBack: readonly string[]] {
  expect(editor.state().screen.name).toBe("results");
  const text = drawEditor(editor.state()).join("\n");
  editor.effects();
  editor.press("C");
  const copied = editor.effects().flatMap((effect) => (effect.kind === "copy" ? [effect.text] : []));
  editor.press("escape", "U");
  return [text, copied.join("\n"), stagedIds(editor)];
}

function stagedIds(editor: EditorDriver): readonly string[] {
  return [...editor.state().staging.apps.keys()];
}

test.each([
  ["others have changed another counter", { failedUserCount: 700 }],
  ["others have changed the same counter", { failedDeviceCount: 700 }],
  ["others have set what takes it back", before],
])("after R over the history, where %s, the results are as they were", (_, counters) => {
  const untouched = results(bothSent());
  const editor = bothSent();
  takeBackInHistory(editor);
  readNewer(editor, counters);
  if (editor.state().screen.name === "conflict") editor.press("escape");
  editor.press("escape", "escape");
  const [text, copied] = results(editor);
  expect(text).toContain("2 sent");
  expect(text).not.toContain("not sent");
  expect(copied).toBe(untouched[1]);
});

test("U takes both back after that, as before", () => {
  const editor = bothSent();
  takeBackInHistory(editor);
  readNewer(editor, { failedUserCount: 700 });
  editor.press("u", "escape");
  expect(stagedIds(editor)).toEqual([]);
  expect(results(editor)[2]).toEqual([sampleId(0), sampleId(1)]);
});

test("a change that was there already stays so too", () => {
  const editor = sendingEditor();
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
  editor.read("look", version(0, 'W/"7"', after));
  editor.press("home");
  takeBackInHistory(editor);
  readNewer(editor, { failedUserCount: 700 });
  editor.press("escape", "escape");
  expect(results(editor)[0]).toContain("nothing is left to send");
});
