import type { ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, driveEmptyEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { KnownApp } from "../words/known-app.ts";
import type { Effect } from "./model/effect.ts";

// Something in front of a facade may take its ETags away, or give others: then only the log counts versions.

const untold = [undefined, '"a1b2"'] as const;

function payroll(failedDeviceCount: number, etag?: string, more = {}): KnownApp {
  return { ...listedApp(0, "Payroll", { failedDeviceCount, ...more }), etag };
}

function drive(etag?: string): EditorDriver {
  const editor = driveEditor([payroll(16, etag)]);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  editor.effects();
  return editor;
}

function failed(version: number, before: number, after: number): ListedChange {
  return loggedChange({
    version,
    before: { failedDeviceCount: before },
    after: { failedDeviceCount: after },
  });
}

function see(editor: EditorDriver, changes: readonly ListedChange[], areNew = true): void {
  editor.happen({ kind: "followed", followed: { kind: "changes", changes, areNew } });
}

/** The readings that were asked for since they were last looked at. */
function readings(editor: EditorDriver): readonly Effect[] {
  return editor.effects().filter(({ kind }) => kind === "readApp");
}

function sent(editor: EditorDriver): readonly Effect[] {
  return editor.effects().filter(({ kind }) => kind === "sendPatch");
}

function failedNow(editor: EditorDriver): number | undefined {
  return editor.state().list.apps[0]?.installSummary.failedDeviceCount;
}

function text(editor: EditorDriver): string {
  return drawEditor(editor.state()).join("\n");
}

const newer = [{ kind: "readApp", purpose: "newer", appId: sampleId(0) }];

test.each(untold)("a live change has the app read once, and its numbers follow: ETag %s", (etag) => {
  const editor = drive(etag);
  see(editor, [failed(8, 16, 30)]);
  expect(readings(editor)).toMatchObject(newer);
  editor.read("newer", payroll(30, etag && '"c3d4"'));
  expect(failedNow(editor)).toBe(30);
  expect(readings(editor)).toEqual([]);
});

test("an amount is counted again on what a live change has made, before it is sent", () => {
  const editor = drive();
  editor.press("right", "+", "5", "enter", "escape");
  see(editor, [failed(8, 16, 30)]);
  editor.read("newer", payroll(30));
  editor.effects();
  editor.press("s", "y");
  expect(sent(editor)).toMatchObject([{ patch: { failedDeviceCount: 35 } }]);
});

test("edits move where others have left their counter alone", () => {
  const editor = drive();
  editor.press("right", "5", "enter", "escape");
  see(editor, [loggedChange({ version: 8, before: { failedUserCount: 8 }, after: { failedUserCount: 9 } })]);
  editor.read("newer", payroll(16, undefined, { failedUserCount: 9 }));
  expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
    app: { installSummary: { failedUserCount: 9 } },
    edits: { failedDeviceCount: 5 },
    contested: {},
  });
});

test("where others have changed the staged counter both are kept, the review marks it, and the person decides", () => {
  const editor = drive();
  editor.press("right", "5", "enter", "escape");
  see(editor, [failed(8, 16, 30)]);
  editor.read("newer", payroll(30));
  expect(text(editor)).toContain("≠ other values are there now");
  editor.effects();
  editor.press("s");
  expect(text(editor)).toContain("≠ other values are there now");
  editor.press("y");
  expect(sent(editor)).toEqual([]);
  editor.press("R");
  editor.read("refresh", payroll(30));
  expect(editor.state().screen.name).toBe("conflict");
});

test("what the review shows does not change under the person's hand", () => {
  const editor = drive();
  editor.press("right", "+", "5", "enter", "s");
  see(editor, [failed(8, 16, 30)]);
  editor.read("newer", payroll(30));
  editor.effects();
  editor.press("y");
  expect(sent(editor)).toEqual([]);
  expect(text(editor)).toContain("≠ other values are there now");
});

test.each([
  ["that was seen", (editor: EditorDriver) => see(editor, [failed(8, 16, 30)])],
  [
    "whose reading came meanwhile",
    (editor: EditorDriver) => {
      editor.press("escape");
      see(editor, [failed(8, 16, 30)]);
      editor.press("5");
      editor.read("newer", payroll(30));
      editor.effects();
    },
  ],
])("while a number is typed its app stays as it was; a change %s is read after that", (_which, happen) => {
  const editor = drive();
  editor.press("right", "5");
  happen(editor);
  expect(failedNow(editor)).toBe(16);
  expect(readings(editor)).toEqual([]);
  editor.press("enter");
  expect(readings(editor)).toMatchObject(newer);
});

test.each(untold)(
  "a reading on its way may be older than what is changed meanwhile: the app is read once more after it: ETag %s",
  (etag) => {
    const editor = drive(etag);
    see(editor, [failed(8, 16, 30)]);
    const askedAt = editor.state().eventCount;
    for (let index = 0; index < 200; index += 2) {
      see(editor, [failed(9 + index, 30, 16)]);
      see(editor, [failed(10 + index, 16, 44)]);
    }
    expect(readings(editor)).toMatchObject(newer);
    editor.read("newer", payroll(30, etag), { askedAt });
    expect(readings(editor)).toMatchObject(newer);
    editor.read("newer", payroll(44, etag));
    expect(failedNow(editor)).toBe(44);
    expect(readings(editor)).toEqual([]);
    see(editor, [failed(300, 44, 45)]);
    expect(readings(editor)).toMatchObject(newer);
  },
);

test("so it is with an edited app while the list is read", () => {
  const editor = drive();
  editor.press("right", "5", "enter", "escape");
  editor.happen({ kind: "followed", followed: { kind: "gap" } });
  editor.effects();
  for (const version of [8, 9, 10]) see(editor, [failed(version, 16, 30 + version)]);
  expect(readings(editor)).toMatchObject(newer);
  editor.read("newer", payroll(38));
  expect(readings(editor)).toMatchObject(newer);
  editor.read("newer", payroll(40));
  expect(failedNow(editor)).toBe(40);
  expect(readings(editor)).toEqual([]);
});

test("a reading that is outdated when it comes is asked for once, also where more was changed meanwhile", () => {
  const editor = drive();
  see(editor, [failed(8, 16, 30)]);
  const askedAt = editor.state().eventCount;
  editor.press("right", "R");
  editor.read("refresh", payroll(30));
  see(editor, [failed(9, 30, 44)]);
  editor.effects();
  editor.read("newer", payroll(16), { askedAt });
  expect(readings(editor)).toMatchObject(newer);
  editor.read("newer", payroll(44));
  expect(failedNow(editor)).toBe(44);
  expect(readings(editor)).toEqual([]);
});

test("where a reading fails for good, what was changed meanwhile is read once", () => {
  const editor = drive();
  const fails = (): void =>
    editor.happen({ kind: "readFailed", purpose: "newer", appId: sampleId(0), failure: responded(403) });
  see(editor, [failed(8, 16, 30)]);
  for (const version of [9, 10, 11]) see(editor, [failed(version, 30, 30 + version)]);
  expect(readings(editor)).toMatchObject(newer);
  fails();
  expect(readings(editor)).toMatchObject(newer);
  fails();
  expect(readings(editor)).toEqual([]);
  see(editor, [failed(12, 41, 42)]);
  expect(readings(editor)).toMatchObject(newer);
});

test("where a reading fails for a while, what was changed meanwhile is read after its pause, and once", () => {
  const editor = drive();
  see(editor, [failed(8, 16, 30)]);
  see(editor, [failed(9, 30, 44)]);
  editor.effects();
  const failure = responded(429, { retryAfter: 20 });
  editor.happen({ kind: "readFailed", purpose: "newer", appId: sampleId(0), failure });
  editor.wait(19);
  expect(readings(editor)).toEqual([]);
  editor.wait(1);
  editor.wait(1);
  expect(readings(editor)).toMatchObject(newer);
  editor.read("newer", payroll(44));
  expect(failedNow(editor)).toBe(44);
  editor.wait(600);
  expect(readings(editor)).toEqual([]);
});

test("what is due again while a change has the app read is read by that", () => {
  const editor = drive();
  see(editor, [failed(8, 16, 30)]);
  editor.happen({ kind: "readFailed", purpose: "newer", appId: sampleId(0), failure: responded(503) });
  editor.effects();
  see(editor, [failed(9, 30, 44)]);
  editor.wait(60);
  expect(readings(editor)).toMatchObject(newer);
  editor.read("newer", payroll(44));
  editor.wait(60);
  expect(readings(editor)).toEqual([]);
});

test.each([false, true])("changes read nothing where the app has what they have made: %s", (areNew) => {
  const editor = drive();
  see(editor, [failed(6, 12, 40), failed(7, 40, 16)], areNew);
  expect(readings(editor)).toEqual([]);
});

test("more changes than are read one by one have the list read again", () => {
  const editor = driveEditor(
    Array.from({ length: 30 }, (_, index) => ({ ...listedApp(index, `App ${index}`), etag: undefined })),
  );
  editor.effects();
  see(
    editor,
    editor.state().list.apps.map(({ id }) => ({ ...failed(8, 16, 3000), appId: id })),
  );
  expect(editor.effects()).toMatchObject([{ kind: "loadPages" }]);
});

test("what this editor has sent is not read again once it is confirmed", () => {
  const editor = drive();
  editor.press("right", "5", "enter", "s", "y");
  editor.effects();
  see(editor, [failed(8, 16, 5)]);
  const { installSummary: summary } = payroll(5);
  editor.happen({ kind: "patchAcknowledged", appId: sampleId(0), summary, etag: undefined });
  expect(readings(editor)).toEqual([]);
});

test("a change whose response was lost is settled by seeing it made", () => {
  const editor = drive();
  editor.press("right", "5", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.press("escape");
  editor.effects();
  see(editor, [failed(8, 16, 5)]);
  expect(readings(editor)).toMatchObject(newer);
  editor.read("newer", payroll(5));
  expect(editor.state().staging.apps.size).toBe(0);
  expect(editor.state().notice?.text).toContain("though they may be someone else's");
});

test("changes that come before the list are read after it only where the list lacks them, not all again", () => {
  const editor = driveEmptyEditor();
  const { generation } = editor.state().list;
  const apps = Array.from({ length: 40 }, (_, index) => ({
    ...listedApp(index, `App ${index}`, { failedDeviceCount: index === 3 ? 1 : 16 }),
    etag: undefined,
  }));
  const changes = apps.map(({ id }) => ({ ...failed(8, 1, 16), appId: id }));
  see(editor, changes, false);
  editor.happen({ kind: "pageLoaded", generation, apps, count: apps.length });
  editor.happen({ kind: "listLoaded", generation });
  expect(readings(editor)).toMatchObject([{ purpose: "newer", appId: sampleId(3) }]);
  expect(editor.state().list.loading).toBeUndefined();
});
