import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { drawEditor } from "../../../../test/draw-editor.tsx";
import { driveEditor, driveEmptyEditor, type EditorDriver } from "../../../../test/editor-driver.ts";
import { responded, timedOut, unreachable } from "../../../../test/failures.ts";
import { loggedChange } from "../../../../test/logged-change.ts";
import { awkwardNames, listedApp, sampleId } from "../../../../test/sample-apps.ts";
import { widthOf } from "../../../text/width.ts";
import { glyphsFor, unicodeGlyphs } from "../../view/glyphs.ts";

// Every screen at every size: what must hold wherever the editor is.

const size = fc.record({
  columns: fc.integer({ min: 40, max: 240 }),
  rows: fc.integer({ min: 12, max: 80 }),
});
const value = fc.oneof(
  fc.nat(2_147_483_647),
  fc.nat(5000),
  fc.constantFrom(0, 999, 1000, 2_147_483_647, 2_147_483_646),
);
const values = fc.tuple(...counterNames.map(() => value));

const reading = (patch: InstallSummaryPatch, etag: string) => listedApp(0, "Workday", patch, etag);

/** Each goes to a screen, from the list with one app; `typed` becomes failed devices, `theirs` is what others have made. */
const screens: Readonly<Record<string, (editor: EditorDriver, typed: number, theirs: number) => void>> = {
  list: () => {},
  counters: (editor) => editor.press("right"),
  entry(editor, typed) {
    editor.press("right");
    editor.type(String(typed));
  },
  staged: stage,
  trends(editor, typed, theirs) {
    openHistory(editor, typed, theirs);
    editor.press("escape", "right");
  },
  history: openHistory,
  "history, whole"(editor, typed, theirs) {
    openHistory(editor, typed, theirs);
    editor.press("down", "enter", "right");
  },
  "history of all"(editor, typed, theirs) {
    openHistory(editor, typed, theirs);
    editor.press("H");
    const { generation = 0 } = editor.state().history ?? {};
    const before = { failedDeviceCount: theirs };
    const changes = [loggedChange({ version: 7, before, after: { failedDeviceCount: typed } })];
    editor.happen({ kind: "historyRead", generation, changes, hasMore: false });
  },
  review(editor, typed) {
    stage(editor, typed);
    editor.press("s");
  },
  sending(editor, typed) {
    stage(editor, typed);
    editor.press("s", "y");
  },
  sent(editor, typed) {
    stage(editor, typed);
    editor.press("s", "y");
    const { installSummary } = reading({ failedDeviceCount: typed }, "");
    editor.happen({ kind: "patchAcknowledged", appId: sampleId(0), summary: installSummary, etag: 'W/"8"' });
  },
  conflict(editor, typed, theirs) {
    stage(editor, typed);
    editor.press("s", "y");
    editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
    editor.read("look", reading({ failedDeviceCount: theirs, pendingInstallUserCount: typed }, 'W/"9"'));
  },
  conflicts(editor, typed, theirs) {
    stage(editor, typed);
    readChanged(editor, theirs);
  },
  "typing-over-a-conflict"(editor, typed, theirs) {
    stage(editor, typed);
    readChanged(editor, theirs);
    if (editor.state().screen.name === "conflict") editor.type(`-${typed}`);
  },
  drafts(editor, typed, theirs) {
    const app = reading({ failedDeviceCount: typed, failedUserCount: theirs }, 'W/"6"');
    const edits = { failedDeviceCount: theirs, failedUserCount: typed };
    const draft = {
      app,
      readAt: 0,
      edits,
      leftOut: false,
      wasOvertaken: false,
      contested: {},
      pending: undefined,
    };
    const drafts = [{ key: "one", savedAt: 990_000, draft }];
    editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
  },
  settled(editor, typed) {
    stage(editor, typed);
    editor.press("s", "y");
    editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
    editor.wait(1);
    editor.read("look", reading({ failedDeviceCount: typed }, 'W/"8"'));
  },
};

function openHistory(editor: EditorDriver, typed: number, theirs: number): void {
  editor.press("h");
  const [app] = editor.state().list.apps;
  const before = { failedDeviceCount: theirs, pendingInstallUserCount: typed, installedUserCount: theirs };
  const after = { failedDeviceCount: typed, pendingInstallUserCount: theirs, installedUserCount: typed };
  const changes = [
    loggedChange({ version: 7, before, after, changedAt: "1970-01-01T00:10:00.000Z" }),
    loggedChange({ version: 6, before: after, after: before, actor: awkwardNames[8] ?? "" }),
    loggedChange({ version: 1, before: {}, after: app?.installSummary ?? {} }),
  ];
  const { generation = 0, appId = "" } = editor.state().history ?? {};
  editor.happen({ kind: "historyRead", generation, changes, hasMore: true });
  editor.happen({ kind: "trendRead", appId, trend: { changes, knownSince: -Infinity } });
}

/** R finds that others have made something else of failed devices. */
function readChanged(editor: EditorDriver, theirs: number): void {
  const [app] = editor.state().list.apps;
  editor.press("R");
  if (app === undefined) return;
  const installSummary = { ...app.installSummary, failedDeviceCount: theirs };
  editor.read("refresh", { ...app, installSummary, etag: 'W/"9"' });
}

function stage(editor: EditorDriver, typed: number): void {
  editor.press("right");
  editor.type(String(typed));
  editor.press("enter", "up");
}

test.each(Object.entries(screens))(
  "%s: every number is whole at every size, and no line is too wide",
  (_, go) => {
    fc.assert(
      fc.property(size, values, value, value, (screenSize, counts, typed, theirs) => {
        const counters = Object.fromEntries(counterNames.map((name, index) => [name, counts[index] ?? 0]));
        const editor = driveEditor([listedApp(0, "Workday", counters)], screenSize);
        go(editor, typed, theirs);
        const rows = drawEditor(editor.state());
        expect(rows.filter((row) => widthOf(row) > screenSize.columns)).toEqual([]);
        expect(rows.length).toBeLessThanOrEqual(screenSize.rows);
        // Numbers of other things: versions, shares, positions, ids, the address.
        const wanted = new Set(numbersOf([...counts, typed, theirs]));
        const numbers = rows.join("\n").match(/\d[\d,]*\d|\d/g) ?? [];
        // In groups of three, or in none.
        expect(numbers.filter((number) => !/^(?:\d+|\d{1,3}(?:,\d{3})+)$/.test(number))).toEqual([]);
        const long = numbers
          .map((number) => number.replaceAll(",", ""))
          .filter((digits) => digits.length >= 5);
        expect(long.filter((digits) => !wanted.has(digits) && !digits.startsWith("0000"))).toEqual([]);
        expect(rows.filter((row) => /\d…|…\d/.test(row))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
  60_000,
);

/** The counts, their differences and their sums, and what a sum is after one of them has changed. */
function numbersOf(counts: readonly number[]): readonly string[] {
  const typed = counts.at(-2) ?? 0;
  const differences = counts.flatMap((one) => counts.map((other) => Math.abs(one - other)));
  const devices = counts.slice(0, 5).reduce((sum, count) => sum + count, 0);
  const users = counts.slice(5, 10).reduce((sum, count) => sum + count, 0);
  const others = devices - (counts[1] ?? 0);
  const sums = [devices, users, others + typed, others + (counts.at(-1) ?? 0)];
  return [...counts, ...differences, ...sums, 2_147_483_647].map(String);
}

test("without UTF-8 the signs in a message are ours in ASCII too, and none is a ?", () => {
  const editor = driveEditor([listedApp(0)]);
  editor.press("right", "8", "enter", "u");
  const rows = drawEditor(editor.state(), { glyphs: glyphsFor({ LANG: "C" }), colours: false });
  expect(rows.at(-2)).toContain(`(${listedApp(0).displayName} - `);
});

test("without UTF-8 every screen is ASCII at every size", () => {
  const apps = awkwardNames.map((name, index) => listedApp(index, name));
  const ascii = glyphsFor({ LANG: "C" });
  expect(ascii).not.toBe(unicodeGlyphs);
  const expectASCII = (editor: EditorDriver): void => {
    const rows = drawEditor(editor.state(), { glyphs: ascii, colours: false });
    expect(rows.filter((row) => !/^[\u0020-\u007e]*$/.test(row))).toEqual([]);
    expect(rows.filter((row) => row.length > editor.state().size.columns)).toEqual([]);
  };
  const keys = [
    "right",
    "8",
    "enter",
    "-",
    "5",
    "enter",
    "1",
    ".",
    "escape",
    "s",
    "?",
    "tab",
    "escape",
    ":",
    "給",
    "escape",
    "c",
    "p",
    "escape",
  ];
  fc.assert(
    fc.property(size, (screenSize) => {
      for (const failure of [
        unreachable,
        timedOut,
        responded(401),
        responded(503, { message: "Später …" }),
      ]) {
        const empty = driveEmptyEditor(screenSize);
        empty.happen({ kind: "listFailed", generation: 1, failure });
        expectASCII(empty);
      }
      const tiny = driveEditor(apps, { columns: 39, rows: screenSize.rows });
      tiny.press("q");
      expectASCII(tiny);
      const filtered = driveEditor(apps, screenSize);
      for (const key of ["o", "escape", "f", "/", "給", "enter", "escape"]) {
        filtered.press(key);
        expectASCII(filtered);
      }
      for (const go of Object.values(screens)) {
        const editor = driveEditor(apps, screenSize);
        go(editor, 8, 9);
        expectASCII(editor);
      }
      const editor = driveEditor(apps, screenSize);
      for (const key of keys) {
        editor.press(key);
        expectASCII(editor);
      }
    }),
    { numRuns: 25 },
  );
});
