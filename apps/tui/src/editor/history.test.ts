import { applyPatch, counterNames, type InstallSummaryPatch } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { Effect } from "./model/effect.ts";
import { currentChange } from "./model/history.ts";
import { plainHistory } from "./plain/history-lines.ts";
import { spoken } from "./plain/spoken.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";

const app = listedApp(0, "Payroll", { failedDeviceCount: 8, pendingInstallUserCount: 268 }, 'W/"9"');
const other = listedApp(1, "Outlook");
const mine: ListedChange = loggedChange({
  version: 8,
  mine: true,
  before: { failedDeviceCount: 16, pendingInstallUserCount: 272 },
  after: { failedDeviceCount: 8, pendingInstallUserCount: 270 },
});
const theirs = loggedChange({
  version: 9,
  before: { pendingInstallUserCount: 270 },
  after: { pendingInstallUserCount: 268 },
});
const created = loggedChange({ version: 1, before: {}, after: app.installSummary });

function openHistory(
  changes: readonly ListedChange[] = [theirs, mine, created],
  hasMore = false,
  isReadOnly = false,
): EditorDriver {
  const editor = driveEditor([app, other], usual, { isReadOnly });
  editor.press("end", "h");
  expect(read(editor)).toMatchObject([{ appId: app.id, after: undefined, top: 100 }]);
  editor.happen({ kind: "historyRead", generation: 1, changes, hasMore });
  return editor;
}

function read(editor: EditorDriver): readonly Effect[] {
  return editor.effects().filter(({ kind }) => kind === "readHistory");
}

function sent(editor: EditorDriver): readonly Effect[] {
  return editor.effects().filter(({ kind }) => kind === "sendPatch");
}

function acknowledge(editor: EditorDriver, patch: InstallSummaryPatch, etag: string): void {
  const current = editor.state().list.apps.find(({ id }) => id === app.id) ?? app;
  const summary = applyPatch(current.installSummary, patch);
  editor.happen({ kind: "patchAcknowledged", appId: app.id, summary, etag });
}

test("u stages the inverse of a change, leaves out what others have changed since, and opens the review", () => {
  const editor = openHistory();
  editor.press("down", "u");
  expect(editor.state().screen.name).toBe("review");
  expect(editor.state().staging.apps.get(app.id)?.edits).toEqual({ failedDeviceCount: 16 });
  expect(editor.state().notice?.text).toContain("Left out: pending users, changed since.");
  expect(sent(editor)).toEqual([]);
  editor.press("y");
  expect(sent(editor)).toMatchObject([
    { appId: app.id, patch: { failedDeviceCount: 16 }, ifMatch: 'W/"9"', origin: "undo" },
  ]);
});

test("before u the history says what it would do, and who has overwritten a counter", () => {
  const editor = openHistory();
  editor.press("down");
  const screen = drawEditor(editor.state()).join("\n");
  expect(screen).toMatch(
    /Taking 10:02 back would stage\n {3}failed devices 8 → 16 +still as the change left it/,
  );
  expect(screen).toMatch(/≠ pending users 270 → 272\s+is 268 now, by Ada Byron .*10:02: left out/);
});

test("u is named where it would stage something, and not for what created the app or was overwritten", () => {
  const editor = openHistory();
  const keys = (): string => drawEditor(editor.state()).at(-1) ?? "";
  expect(keys()).toContain("u stage what takes it back");
  editor.press("end");
  expect(keys()).not.toContain("takes it back");
  const overwritten = openHistory([
    { ...mine, after: { failedDeviceCount: 7 }, before: { failedDeviceCount: 9 } },
  ]);
  expect(drawEditor(overwritten.state()).at(-1)).not.toContain("takes it back");
});

/** A change of counters that has come while the person is in the history. */
function happenNow(editor: EditorDriver, change: ListedChange): void {
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
}

/** The history once failed users were typed, from where the review was opened. */
function openWithEdit(): EditorDriver {
  const editor = openHistory();
  editor.press("escape", "right");
  editor.happen({ kind: "paste", text: '{"failedUserCount":3}' });
  editor.press("h");
  const generation = editor.state().history?.generation ?? 0;
  editor.happen({ kind: "historyRead", generation, changes: [theirs, mine, created], hasMore: false });
  editor.press("down");
  return editor;
}

const ways: readonly (readonly [string, () => EditorDriver, string])[] = [
  ["as the change left it", () => openWithEdit(), "Staged: what takes it back."],
  [
    "whose edits are older than what others have made",
    () => {
      const editor = openWithEdit();
      happenNow(
        editor,
        loggedChange({ version: 10, before: { failedUserCount: 8 }, after: { failedUserCount: 5 } }),
      );
      return editor;
    },
    "R in the review comes first: this app has changed since its edits.",
  ],
  [
    "whose change was sent and is not certain",
    () => {
      const editor = openWithEdit();
      editor.press("s", "y");
      for (const seconds of [1, 2, 4, 8]) {
        editor.happen({ kind: "patchFailed", appId: app.id, failure: timedOut });
        editor.wait(seconds);
        editor.happen({ kind: "readFailed", purpose: "look", appId: app.id, failure: timedOut });
      }
      editor.press("h");
      const generation = editor.state().history?.generation ?? 0;
      editor.happen({ kind: "historyRead", generation, changes: [theirs, mine, created], hasMore: false });
      editor.press("down");
      return editor;
    },
    "R in the list finds out first: this app's change may have been applied.",
  ],
  [
    "that is not in the list",
    () => {
      const editor = openHistory();
      editor.press("H");
      const generation = editor.state().history?.generation ?? 0;
      const change = loggedChange({ appId: sampleId(77), version: 2 });
      editor.happen({ kind: "historyRead", generation, changes: [change], hasMore: false });
      return editor;
    },
    "This app is not in the list: R in the list reads it again.",
  ],
  [
    "that a change has created",
    () => {
      const editor = openHistory();
      editor.press("end");
      return editor;
    },
    "This change created the app: there are no earlier values.",
  ],
];

test.each(ways)("of an app %s the history says before u what u does", (_, open, text) => {
  const editor = open();
  const shown = drawEditor(editor.state());
  const before = editor.state().staging;
  editor.press("u");
  const told = editor.state().notice?.text ?? "";
  expect(told).toContain(text);
  const stages = editor.state().staging !== before;
  expect(shown.at(-1)?.includes("takes it back")).toBe(stages);
  expect(shown.join("\n")).toMatch(stages ? /back would stage\n/ : /back would stage nothing\n/);
  // Where it stages nothing both say why in the same words.
  const why = stages ? "" : told;
  expect(shown.map((row) => row.trim()).join(" ")).toContain(why);
});

test.each(ways)("of an app %s the smallest window says the same, whole", (_, open, text) => {
  const editor = open();
  editor.happen({ kind: "resized", size: small });
  const shown = drawEditor(editor.state()).map((row) => row.trim());
  editor.press("u");
  const stages = editor.state().staging.apps.get(app.id)?.takesBack !== undefined;
  expect(shown.join(" ")).toContain(stages ? "back would stage" : text);
});

test("a key that does something in another place is said as what is typed there", () => {
  expect(spoken("R in the list finds out first: it may have been applied.")).toBe(
    "again in the list finds out first: it may have been applied.",
  );
});

test("Esc comes to the list from the history over results that were sent from the history", () => {
  const editor = openHistory();
  editor.press("down", "u", "y");
  acknowledge(editor, { failedDeviceCount: 16 }, 'W/"10"');
  editor.press("h", "escape");
  expect(editor.state().screen.name).toBe("results");
  editor.press("escape");
  expect(editor.state().screen.name).toBe("list");
});

/** The changes of so many versions, the latest first. */
function versions(latest: number, count: number): readonly ListedChange[] {
  return Array.from({ length: count }, (_, index) => loggedChange({ version: latest - index }));
}

function here(editor: EditorDriver): number | undefined {
  const { history } = editor.state();
  return history && currentChange(history)?.version;
}

function giveHistory(editor: EditorDriver, changes: readonly ListedChange[], hasMore: boolean): void {
  const generation = editor.state().history?.generation ?? 0;
  editor.happen({ kind: "historyRead", generation, changes, hasMore });
}

test.each([
  ["in the middle", ["down", "down", "down"], 6],
  ["on the last", ["end"], 3],
  // What is read anew may begin with newer ones.
  ["on the first", [], 9],
])("R stays on the same change %s", (_, keys, version) => {
  const editor = openHistory(versions(9, 7));
  editor.press(...keys);
  expect(here(editor)).toBe(version);
  editor.press("R");
  expect(read(editor)).toMatchObject([{ appId: app.id, after: undefined }]);
  giveHistory(editor, versions(11, 9), false);
  expect(here(editor)).toBe(version);
});

test("R stays on its change in the history of all, and where that is shown whole", () => {
  const editor = driveEditor([app, other]);
  editor.press("H");
  giveHistory(editor, versions(9, 7), false);
  editor.press("down", "enter", "R");
  giveHistory(editor, versions(9, 7), false);
  expect(here(editor)).toBe(8);
  expect(editor.state().history?.isWhole).toBe(true);
});

test("R on a change behind the first page reads on until it is there, and no further", () => {
  const editor = openHistory(versions(500, 100), true);
  editor.press("end");
  giveHistory(editor, versions(400, 100), true);
  editor.press("down", "down");
  expect(here(editor)).toBe(399);
  editor.effects();
  editor.press("R");
  giveHistory(editor, versions(502, 100), true);
  expect(read(editor)).toMatchObject([{ after: undefined }, { after: "c403" }]);
  giveHistory(editor, versions(402, 100), true);
  expect(read(editor)).toEqual([]);
  expect(here(editor)).toBe(399);
});

test("R on a change that the log has no more ends on the newest, and does not read the whole log", () => {
  const editor = openHistory(versions(500, 100), true);
  editor.press("down", "R");
  editor.effects();
  giveHistory(editor, versions(900, 100), true);
  expect(read(editor)).toMatchObject([{ after: "c801" }]);
  giveHistory(editor, versions(800, 100), true);
  expect(read(editor)).toEqual([]);
  expect(here(editor)).toBe(900);
});

test("R in the list finds out what the history says that it finds out", () => {
  const open = ways.find(([, , text]) => text.startsWith("R in the list finds out"))?.[1];
  const editor = open?.() ?? openHistory();
  editor.effects();
  editor.press("R");
  expect(editor.effects()).toMatchObject([{ kind: "readHistory" }]);
  editor.press("escape", "escape", "R");
  expect(editor.effects()).toContainEqual(
    expect.objectContaining({ kind: "readApp", purpose: "refresh", appId: app.id }),
  );
});

test.each([usual, small])(
  "where it is read-only the history says what would come back and who has set the others, and u refuses: %j",
  (size) => {
    const editor = openHistory(undefined, false, true);
    editor.press("down");
    editor.happen({ kind: "resized", size: usual });
    const screen = drawEditor(editor.state());
    expect(screen.join("\n")).toMatch(
      /≠ pending users 270 → 272\s+is 268 now, by Ada Byron .*10:02: left out/,
    );
    expect(screen.at(-1)).not.toContain("takes it back");
    editor.happen({ kind: "resized", size });
    expect(drawEditor(editor.state()).join("\n")).toMatch(
      /Taking 10:02 back would stage +read-only\n {3}failed devices 8 → 16/,
    );
    editor.press("u");
    expect(editor.state().notice?.text).toBe("Read-only: nothing can be staged or sent here.");
    expect(editor.state().staging.apps.size).toBe(0);
    expect(plainHistory(editor.state(), unicodeGlyphs, 0).at(-1)).toBe("Type back to leave it.");
  },
);

test("where it is read-only a newer version than was read is left to R", () => {
  const editor = openHistory(undefined, false, true);
  happenNow(editor, loggedChange({ version: 12, before: {}, after: { failedUserCount: 5 } }));
  const shown = drawEditor(editor.state()).map((row) => row.trim());
  expect(shown.join(" ")).toContain(
    "The log has version 12, and version 9 was read: R in the list reads it.",
  );
});

test("a wide name of who has overwritten a counter moves nothing out of the screen", () => {
  const actor = "給与計算担当者";
  const editor = openHistory([{ ...theirs, actor }, mine, created]);
  editor.press("down");
  expect(drawEditor(editor.state()).join("\n")).toMatch(/\n {5}is 268 now, by 給与計算担当者 .*: left out\n/);
});

test("taking the taking back back gives the change again: u in the results is the redo", () => {
  const editor = openHistory();
  editor.press("down", "u", "y");
  acknowledge(editor, { failedDeviceCount: 16 }, 'W/"10"');
  expect(editor.state().screen.name).toBe("results");
  editor.effects();
  editor.press("u", "y");
  expect(sent(editor)).toMatchObject([
    { patch: { failedDeviceCount: 8 }, ifMatch: 'W/"10"', origin: "undo" },
  ]);
});

test("edits that a person adds to what takes a change back make it a change of the editor", () => {
  const editor = openHistory();
  editor.press("down", "u", "enter");
  editor.press("down", "1", "enter", "s", "y");
  expect(sent(editor)).toMatchObject([{ origin: "editor" }]);
});

test("taking back is one step for undo, and what was typed on other counters stays", () => {
  const editor = openHistory();
  editor.press("escape", "right", "up", "5", "enter", "escape", "h");
  const generation = editor.state().history?.generation ?? 0;
  editor.happen({ kind: "historyRead", generation, changes: [theirs, mine, created], hasMore: false });
  editor.press("down", "u");
  const edits = (): unknown => editor.state().staging.apps.get(app.id)?.edits;
  expect(edits()).toEqual({ installedDeviceCount: 5, failedDeviceCount: 16 });
  editor.press("u");
  expect(edits()).toEqual({ installedDeviceCount: 5 });
});

test.each([
  ["the change that created the app", 2, "This change created the app: there are no earlier values."],
  ["a change whose values are back", 1, "Nothing to take back: the earlier values are there already."],
])("%s stages nothing and says why", (_, place, text) => {
  const back = loggedChange({
    version: 8,
    before: { failedDeviceCount: 8 },
    after: { failedDeviceCount: 7 },
  });
  const editor = openHistory([theirs, back, created]);
  editor.press(...Array.from({ length: place }, () => "down"), "u");
  expect(editor.state().notice).toEqual({ tone: "wrong", text });
  expect(editor.state().staging.apps.size).toBe(0);
});

test("older changes are asked for before the end is reached, once, behind the last one that came", () => {
  const page = Array.from({ length: 100 }, (_, index) => loggedChange({ version: 200 - index }));
  const editor = openHistory(page, true);
  editor.press("down", "down");
  expect(read(editor)).toEqual([]);
  editor.press("end", "up", "down");
  expect(read(editor)).toMatchObject([{ after: "c101" }]);
  const older = [loggedChange({ version: 101 }), loggedChange({ version: 100 })];
  editor.happen({ kind: "historyRead", generation: 1, changes: older, hasMore: false });
  expect(editor.state().history?.changes).toHaveLength(101);
  expect(editor.state().history?.at).toBe("c101");
});

test("a response of a history that was left changes nothing", () => {
  const editor = openHistory();
  editor.press("H");
  const before = editor.state().history;
  editor.happen({ kind: "historyRead", generation: 1, changes: [mine], hasMore: true });
  editor.happen({ kind: "historyFailed", generation: 1, failure: responded(500) });
  expect(editor.state().history).toEqual(before);
  editor.press("escape");
  expect(editor.state().screen.name).toBe("list");
});

test("U in the results stages what takes all sent changes back, each for its own app", () => {
  const editor = driveEditor([app, other]);
  for (const row of ["home", "end"]) editor.press(row, "right", "1", "enter", "escape");
  editor.press("s", "y");
  for (const { id, installSummary } of [app, other]) {
    const staged = editor.state().staging.apps.get(id)?.pending?.change.patch ?? {};
    const summary = applyPatch(installSummary, staged);
    editor.happen({ kind: "patchAcknowledged", appId: id, summary, etag: 'W/"20"' });
  }
  editor.effects();
  editor.press("U");
  expect(editor.state().screen.name).toBe("review");
  editor.press("y");
  expect(sent(editor)).toMatchObject([
    { ifMatch: 'W/"20"', origin: "undo" },
    { ifMatch: 'W/"20"', origin: "undo" },
  ]);
});

test("without a change log the history says so, and is not offered any more", () => {
  const editor = driveEditor([app, other]);
  editor.press("h");
  editor.happen({ kind: "historyFailed", generation: 1, failure: responded(404, { message: "Not Found" }) });
  expect(drawEditor(editor.state()).join(" ")).toContain("This server has no change log");
  editor.press("escape", "right");
  expect(drawEditor(editor.state()).at(-1)).not.toContain("history");
});

test("the trend of an app is read once a person stays on it, and once only", () => {
  const editor = driveEditor([app, other]);
  const trends = (): readonly Effect[] => editor.effects().filter(({ kind }) => kind === "readTrend");
  editor.press("down", "up");
  editor.wait(0.1);
  expect(trends()).toEqual([]);
  editor.wait(0.5);
  expect(trends()).toMatchObject([{ appId: sampleId(1) }]);
  editor.wait(5);
  editor.happen({ kind: "trendRead", appId: sampleId(1), trend: { changes: [], knownSince: 0 } });
  editor.wait(5);
  expect(trends()).toEqual([]);
});

test.each([
  [1, ["failed d  18 → 16 (−2)", "request-id request-7 at"]],
  [10, ["installed d", "and 5 more: make the window higher"]],
])(
  "Enter shows a change of %i counters whole in the smallest window, or says what that takes",
  (count, texts) => {
    const names = counterNames.slice(0, count);
    const values = (value: number): InstallSummaryPatch =>
      Object.fromEntries(count === 1 ? [["failedDeviceCount", value]] : names.map((name) => [name, value]));
    const editor = driveEditor([listedApp(0)], small);
    editor.press("h");
    const changes = [
      loggedChange({ version: 7, before: values(18), after: values(16) }),
      loggedChange({ version: 6 }),
    ];
    editor.happen({ kind: "historyRead", generation: 1, changes, hasMore: false });
    editor.press("enter");
    const rows = drawEditor(editor.state());
    for (const text of texts) expect(rows.join("\n")).toContain(text);
    expect(rows).toHaveLength(small.rows);
    editor.press("enter");
    expect(drawEditor(editor.state()).join("\n")).toContain("Taking");
  },
);

test.each([
  [[theirs, created], "Older changes were removed from the log."],
  [[], "The log has no change of this app now. Older changes were removed from the log."],
])("the history of %j tells that its oldest changes were removed", (changes, text) => {
  const editor = openHistory(changes, true);
  expect(drawEditor(editor.state()).join("\n")).not.toContain("Older changes");
  editor.happen({ kind: "historyRead", generation: 1, changes: [], hasMore: false, isOlderRemoved: true });
  const shown = drawEditor(editor.state()).map((row) => row.trim());
  expect(shown.join(" ")).toContain(text);
  expect(plainHistory(editor.state(), unicodeGlyphs, 0).join(" ")).toContain(text);
});
