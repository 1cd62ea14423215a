import { applyPatch, createSummary, type InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, type EditorDriver } from "../../test/editor-driver.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { KnownApp } from "../words/known-app.ts";
import { takeBackSent } from "./actions/take-back-sent.ts";
import { spoken } from "./plain/spoken.ts";

const before = { failedDeviceCount: 18, failedUserCount: 8 };
const apps = ["Bulk 1", "Bulk 2", "Bulk 3", "Bulk 4"].map((name, index) =>
  listedApp(index, name, before, 'W/"6"'),
);

/** The editor with 16 failed devices, and 9 failed users, of so many apps sent as version 7. */
function sent(count: number): EditorDriver {
  const editor = driveEditor(apps.slice(0, count));
  editor.press("o", "m", "home");
  for (const _ of apps.slice(0, count)) {
    editor.press("right");
    editor.happen({ kind: "paste", text: '{"failedDeviceCount":16,"failedUserCount":9}' });
    editor.press("escape", "down");
  }
  editor.press("s", "y");
  for (const { id, installSummary } of apps.slice(0, count)) {
    const patch = { failedDeviceCount: 16, failedUserCount: 9 };
    const summary = applyPatch(installSummary, patch);
    editor.happen({ kind: "patchAcknowledged", appId: id, summary, etag: 'W/"7"' });
  }
  expect(editor.state().staging.apps.size).toBe(0);
  return editor;
}

function othersSet(editor: EditorDriver, place: number, after: InstallSummaryPatch): void {
  const change = loggedChange({ appId: sampleId(place), version: 8, before: {}, after });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
}

function stagedIds(editor: EditorDriver): readonly string[] {
  return [...editor.state().staging.apps.keys()];
}

test("U stages what takes all sent changes back", () => {
  const editor = sent(2);
  editor.press("U");
  expect(stagedIds(editor)).toEqual([sampleId(0), sampleId(1)]);
  const text = "Staged: what takes the sent changes back. y sends it.";
  expect(editor.state().notice).toMatchObject({ tone: "plain", text });
});

test("U says by number and by name what it leaves out, and why, in the review and as a line", () => {
  const editor = sent(2);
  othersSet(editor, 1, { failedDeviceCount: 700, failedUserCount: 1 });
  editor.press("U");
  expect(stagedIds(editor)).toEqual([sampleId(0)]);
  const text =
    "Staged: what takes 1 of 2 changes back. Left out: 1 changed since. y sends it. (left out: Bulk 2 · Android)";
  expect(editor.state().notice).toEqual({ tone: "wrong", text });
  expect(editor.state().screen.name).toBe("review");
  expect(drawEditor(editor.state()).join(" ")).toMatch(
    /Left out: 1\s+changed\s+since\. y\s+sends\s+it\.\s+\(left\s+out:\s+Bulk\s+2\s+·\s+Android\)/,
  );
  expect(spoken(text)).toBe(
    "Staged: what takes 1 of 2 changes back. Left out: 1 changed since. send sends it. (left out: Bulk 2, Android)",
  );
});

/** The results of two apps, of which the first may have been applied, and what became of the second is to come. */
function sentWithOpen(): EditorDriver {
  const editor = driveEditor(apps.slice(0, 2));
  for (const _ of [0, 1]) {
    editor.press("right");
    editor.happen({ kind: "paste", text: '{"failedDeviceCount":16}' });
    editor.press("escape", "down");
  }
  editor.press("s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(503) });
  editor.press("escape");
  return editor;
}

test("U names a change that may have been applied as left out", () => {
  const editor = sentWithOpen();
  const summary = createSummary(sampleId(1), (name) => (name === "failedDeviceCount" ? 16 : 0));
  editor.happen({ kind: "patchAcknowledged", appId: sampleId(1), summary, etag: 'W/"7"' });
  editor.press("U");
  expect(stagedIds(editor)).toContain(sampleId(1));
  expect(editor.state().notice?.text).toBe(
    "Staged: what takes 1 of 2 changes back. Left out: 1 not settled yet. y sends it. (left out: Bulk 1 · Windows)",
  );
});

test("U says where nothing was applied, and something may have been", () => {
  const editor = sentWithOpen();
  editor.happen({ kind: "patchFailed", appId: sampleId(1), failure: responded(403) });
  editor.press("U");
  expect(editor.state().notice?.text).toBe(
    "It is open whether this was applied: there is nothing to take back.",
  );
});

test("U tells all reasons apart, the numbers before the names", () => {
  const editor = sent(4);
  othersSet(editor, 0, { failedDeviceCount: 700, failedUserCount: 1 });
  othersSet(editor, 1, { failedDeviceCount: 700 });
  othersSet(editor, 2, before);
  editor.press("U");
  expect(stagedIds(editor)).toEqual([sampleId(1), sampleId(3)]);
  expect(editor.state().staging.apps.get(sampleId(1))?.edits).toEqual({ failedUserCount: 8 });
  expect(editor.state().notice?.text).toBe(
    "Staged: what takes 2 of 4 changes back. Left out: 1 changed since, 1 changed in part, 1 as before already. " +
      "y sends it. (left out: Bulk 1 · Windows, Bulk 2 · Android, Bulk 3 · iOS)",
  );
});

test("u of one app names what it leaves out, and whose app it is, also in the smallest window", () => {
  const editor = sent(1);
  othersSet(editor, 0, { failedUserCount: 500 });
  editor.press("u");
  expect(editor.state().staging.apps.get(sampleId(0))?.edits).toEqual({ failedDeviceCount: 18 });
  editor.happen({ kind: "resized", size: small });
  const shown = drawEditor(editor.state()).map((row) => row.trim());
  expect(shown.join(" ")).toContain(
    "Staged: what takes it back. y sends it. Left out: failed users, changed since. (Bulk 1 · Windows)",
  );
});

test("in the smallest window u names the app whose edit it undoes", () => {
  const editor = driveEditor(apps, small);
  editor.press("right", "5", "enter", "escape", "end", "u");
  const shown = drawEditor(editor.state()).map((row) => row.trim());
  expect(shown.join(" ")).toMatch(/Undone: failed devices\. \(Bulk \d · \w+ \(00000000\)\)/);
});

test("U says of each app why nothing can be taken back", () => {
  const editor = sent(2);
  othersSet(editor, 0, { failedDeviceCount: 700, failedUserCount: 1 });
  othersSet(editor, 1, before);
  editor.press("U");
  expect(stagedIds(editor)).toEqual([]);
  expect(editor.state().notice).toEqual({
    tone: "wrong",
    text: "Nothing staged: 1 changed since, 1 as before already (Bulk 1 · Windows, Bulk 2 · Android).",
  });
});

test("U names an app whose change only the log has shown to be applied, and that was overwritten", () => {
  const editor = driveEditor(apps.slice(0, 2));
  editor.press("o", "m", "home");
  for (const _ of apps.slice(0, 2)) {
    editor.press("right");
    editor.happen({ kind: "paste", text: '{"failedDeviceCount":4}' });
    editor.press("escape", "down");
  }
  editor.press("s", "y");
  const [first, second] = apps;
  if (first === undefined || second === undefined) throw new Error("there are two apps");
  const summary = applyPatch(first.installSummary, { failedDeviceCount: 4 });
  editor.happen({ kind: "patchAcknowledged", appId: first.id, summary, etag: 'W/"7"' });
  editor.happen({ kind: "patchFailed", appId: second.id, failure: timedOut });
  editor.wait(1);
  const now = {
    ...second,
    installSummary: { ...second.installSummary, failedDeviceCount: 300 },
    etag: 'W/"8"',
  };
  editor.read("look", now, { record: "applied" });
  editor.press("U");
  expect(stagedIds(editor)).toEqual([sampleId(0)]);
  expect(editor.state().notice).toEqual({
    tone: "wrong",
    text: "Staged: what takes 1 of 2 changes back. Left out: 1 changed since. y sends it. (left out: Bulk 2 · Android)",
  });
});

const logged = { failedDeviceCount: 40 };

/** Tells of a version of an app that does not follow what was read: only reading tells what it has. */
function tellNewer(editor: EditorDriver, place: number): void {
  const change = loggedChange({ appId: sampleId(place), version: 9, before: {}, after: logged });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
}

/** U where the log has newer versions of the first two apps of three. */
function withUnread(): EditorDriver {
  const editor = sent(3);
  for (const place of [0, 1]) tellNewer(editor, place);
  editor.effects();
  editor.press("U");
  expect(editor.effects()).toMatchObject(
    [0, 1].map((place) => ({ kind: "readApp", purpose: "takeBack", appId: sampleId(place) })),
  );
  expect(editor.state().notice?.text).toBe("Reading 2 apps first …");
  expect(stagedIds(editor)).toEqual([]);
  return editor;
}

/** An app as the log's ninth version has it. */
function ninth(place: number, after: InstallSummaryPatch): KnownApp {
  const app = listedApp(place, `Bulk ${place + 1}`, before, 'W/"9"');
  return { ...app, installSummary: applyPatch(app.installSummary, { failedUserCount: 9, ...after }) };
}

test("U reads apps first of which the log has a newer version, and decides once the last one has come", () => {
  const editor = withUnread();
  editor.read("takeBack", ninth(0, { failedDeviceCount: 16 }));
  expect(stagedIds(editor)).toEqual([]);
  editor.read("takeBack", ninth(1, logged));
  expect(stagedIds(editor)).toEqual([sampleId(0), sampleId(1), sampleId(2)]);
  expect(editor.state().staging.apps.get(sampleId(1))?.edits).toEqual({ failedUserCount: 8 });
  expect(editor.state().notice?.text).toBe(
    "Staged: what takes 3 of 3 changes back. Left out: 1 changed in part. y sends it. (left out: Bulk 2 · Android)",
  );
});

test("u reads an app first whose newer version is on its way, or could not be read", () => {
  const editor = sent(1);
  editor.effects();
  tellNewer(editor, 0);
  expect(editor.effects()).toMatchObject([{ purpose: "newer" }]);
  for (const isFailed of [false, true]) {
    if (isFailed)
      editor.happen({ kind: "readFailed", purpose: "newer", appId: sampleId(0), failure: responded(500) });
    editor.press("u");
    expect(editor.effects()).toMatchObject([{ purpose: "takeBack" }]);
    expect(editor.state().notice?.text).toBe("Reading the app first …");
  }
  editor.read("takeBack", ninth(0, before));
  expect(editor.state().notice?.text).toBe("Nothing to take back: the earlier values are there already.");
});

test("U leaves an app out that cannot be read, or is read as it was before", () => {
  const editor = withUnread();
  editor.happen({ kind: "readFailed", purpose: "takeBack", appId: sampleId(0), failure: responded(500) });
  editor.read("takeBack", { ...ninth(1, {}), etag: 'W/"7"' });
  expect(stagedIds(editor)).toEqual([sampleId(2)]);
  expect(editor.state().notice?.text).toBe(
    "Staged: what takes 1 of 3 changes back. Left out: 1 could not be read, 1 older than the log. y sends it. " +
      "(left out: Bulk 1 · Windows, Bulk 2 · Android) The server failed (500): no.",
  );
});

test("U says what the server said where it could read none of them, and how to go on", () => {
  const editor = sent(2);
  for (const place of [0, 1]) tellNewer(editor, place);
  editor.press("U");
  for (const [place, status] of [500, 401].entries()) {
    const failure = responded(status);
    editor.happen({ kind: "readFailed", purpose: "takeBack", appId: sampleId(place), failure });
  }
  const text = editor.state().notice?.text ?? "";
  expect(text).toContain(
    "Nothing staged: 2 could not be read (Bulk 1 · Windows, Bulk 2 · Android). Not signed in (401): no.",
  );
  expect(text).toMatch(/ U tries again\.$/);
  expect(spoken(text)).toMatch(/ undo all tries again\.$/);
  editor.effects();
  editor.press("U");
  expect(editor.effects()).toMatchObject([{ purpose: "takeBack" }, { purpose: "takeBack" }]);
});

test("U says that an app was read in an older version than the log has, not that it was not read", () => {
  const editor = sent(2);
  for (const place of [0, 1]) tellNewer(editor, place);
  editor.press("U");
  for (const place of [0, 1]) editor.read("takeBack", { ...ninth(place, {}), etag: 'W/"7"' });
  expect(editor.state().notice?.text).toBe(
    "Nothing staged: 2 older than the log (Bulk 1 · Windows, Bulk 2 · Android). U tries again.",
  );
});

test("who does something else before all apps have come gets nothing staged", () => {
  const editor = withUnread();
  editor.read("takeBack", ninth(0, {}));
  editor.press("down");
  editor.read("takeBack", ninth(1, {}));
  expect(stagedIds(editor)).toEqual([]);
});

test("in the smallest window U tells how many are left out and replace edits before it names any", () => {
  const editor = sent(3);
  const { screen } = editor.state();
  othersSet(editor, 1, { failedDeviceCount: 700, failedUserCount: 1 });
  editor.press("escape", "home");
  for (const _ of [0, 1, 2]) {
    editor.press("right");
    editor.happen({ kind: "paste", text: '{"installedDeviceCount":3,"failedDeviceCount":5}' });
    editor.press("escape", "down");
  }
  if (screen.name !== "results") throw new Error(`${screen.name} in place of the results`);
  const { state } = takeBackSent({ ...editor.state(), screen, size: small }, screen.sending.items);
  const shown = drawEditor(state)
    .map((row) => row.trim())
    .join(" ");
  expect(shown).toContain(
    "what takes 2 of 3 changes back. 2 in place of edits of yours: u brings them back. Left out: 1",
  );
});
