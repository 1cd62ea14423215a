import { applyPatch, type InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, driveEmptyEditor, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { Draft, FoundDraft } from "../changes/drafts/draft.ts";
import type { KnownApp } from "../words/known-app.ts";
import { describePlace } from "./plain/describe-place.ts";
import { firstPages } from "./plain/reply.ts";
import { spoken } from "./plain/spoken.ts";
import { keptLines } from "./view/kept-lines.ts";
import { unconfirmedLines } from "./view/unconfirmed-lines.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";

// Drafts that ended editors have left behind.

const app = listedApp(0, "App", { failedDeviceCount: 40 });

function found(key: string, savedAt: number, pending: Draft["pending"]): FoundDraft {
  const known = { app, readAt: 1, leftOut: false, wasOvertaken: false, contested: {} };
  return { key, savedAt, draft: { ...known, edits: { failedDeviceCount: { add: 2 } }, pending } };
}

const sent: Draft["pending"] = {
  change: { patch: { failedDeviceCount: 42 }, etag: app.etag, base: app.installSummary },
  clientRequestId: sampleId(9),
  sentAt: 1,
};

test("a draft that was sent and is thrown away says that it may have been applied, behind a newer one too", () => {
  const editor = driveEditor([app]);
  const drafts = [found("new", 3, undefined), found("sent", 2, sent), found("old", 1, undefined)];
  editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
  editor.press("down", "x", "y");
  expect(editor.draftKeys("discardDrafts")).toEqual(["sent"]);
  expect(editor.state().notice).toEqual({
    text: "1 draft was thrown away. What was sent may still have been applied.",
    tone: "wrong",
  });
  editor.press("down", "x", "y");
  expect(editor.draftKeys("discardDrafts")).toEqual(["old"]);
  expect(editor.state().notice?.text).toBe("1 draft was thrown away.");
});

test("drafts that another editor has taken or thrown away meanwhile are not said to be thrown away", () => {
  const editor = driveEditor([app]);
  const drafts = [found("new", 3, undefined), found("sent", 2, sent), found("old", 1, undefined)];
  editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
  editor.happen({ kind: "draftsDiscarded", keys: ["sent"], gone: ["sent"], reason: undefined });
  expect(editor.state().notice).toEqual({
    text: "1 draft is gone: another terminal has brought it back or thrown it away.",
    tone: "plain",
  });
  editor.happen({ kind: "draftsDiscarded", keys: ["new", "old"], gone: ["new"], reason: undefined });
  expect(editor.state().notice?.text).toBe(
    "1 draft was thrown away. 1 draft is gone: another terminal has brought it back or thrown it away.",
  );
  expect(editor.state().screen.name).toBe("list");
});

test("drafts that may still be on disk stay on the screen, until the disk has responded after all", () => {
  const editor = driveEditor([app]);
  const drafts = [found("new", 3, undefined), found("old", 1, undefined)];
  editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
  editor.happen({ kind: "draftsDiscarded", keys: ["old"], gone: [], reason: "the disk does not respond" });
  expect(editor.state().notice).toEqual({
    text: "1 draft may still be on disk: the disk does not respond.",
    tone: "wrong",
  });
  expect(editor.state().drafts.found).toHaveLength(2);
  editor.happen({ kind: "draftsDiscarded", keys: ["old"], gone: [], reason: undefined });
  expect(editor.state().notice?.text).toBe("1 draft was thrown away.");
  expect(editor.state().drafts.found).toHaveLength(1);
});

test("of several drafts of one app the older ones say so, with when they were saved; so does one of an app that is edited", () => {
  const editor = driveEditor([app, listedApp(1, "Other")]);
  const hour = 3_600_000;
  const now = editor.state().now;
  const drafts = [found("new", now, undefined), found("old", now - 200 * hour, undefined)];
  find(editor, ...drafts);
  const rows = drawEditor(editor.state());
  expect(rows[0]).toMatch(/^ 2 drafts, the newest from \d\d:\d\d on this computer /);
  expect(rows[2]).toContain("version 7 still");
  expect(rows[3]).toMatch(/older: saved \d{4}-\d\d-\d\d/);
  editor.press("n");
  editor.press("right", "8", "enter", "escape");
  find(editor, ...drafts);
  expect(drawEditor(editor.state())[2]).toContain("the app is edited here");
});

const apps = Array.from({ length: 6 }, (_, index) =>
  listedApp(index, `App ${index}`, { failedDeviceCount: 40 }),
);

/** A draft of an app that adds 2 to failed devices, sent or not. */
function draftOf(index: number, how: "sent" | "staged"): FoundDraft {
  const one = listedApp(index, `App ${index}`, { failedDeviceCount: 40 });
  const pending: Draft["pending"] = {
    change: { patch: { failedDeviceCount: 42 }, etag: one.etag, base: one.installSummary },
    clientRequestId: sampleId(90 + index),
    sentAt: 1,
  };
  const known = { app: one, readAt: 1, leftOut: false, wasOvertaken: false, contested: {} };
  const edits = { failedDeviceCount: how === "sent" ? { add: 2 } : 8 };
  const draft = { ...known, edits, pending: how === "sent" ? pending : undefined };
  return { key: `key ${index}`, savedAt: 100 - index, draft };
}

function find(editor: EditorDriver, ...drafts: readonly FoundDraft[]): void {
  editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
}

/** The apps that are asked for because of their drafts, since this was last asked. */
function asked(editor: EditorDriver): readonly (string | undefined)[] {
  return editor.effects().flatMap((effect) => (effect.kind === "readApp" ? [effect.appId] : []));
}

/** Presses a key that brings drafts back, and they are taken over. */
function bringBack(editor: EditorDriver, key: string, drafts: readonly FoundDraft[]): void {
  editor.press(key);
  const keys = editor.draftKeys("claimDrafts");
  const claimed = drafts.filter((one) => keys.includes(one.key)).map(({ draft }) => draft);
  editor.happen({ kind: "draftsClaimed", drafts: claimed, keys, reason: undefined });
}

/** An app as others, or the change that was sent, have made it. */
function made(index: number, patch: InstallSummaryPatch): KnownApp {
  const one = listedApp(index, `App ${index}`, { failedDeviceCount: 40 }, 'W/"9"');
  return { ...one, installSummary: applyPatch(one.installSummary, patch) };
}

function textOf(editor: EditorDriver): string {
  return drawEditor(editor.state()).join("\n");
}

test("what was sent is read before anything is asked, and to look takes nothing and sends nothing", () => {
  const editor = driveEditor(apps);
  find(editor, draftOf(0, "sent"), draftOf(1, "staged"));
  const effects = editor.effects();
  expect(effects).toMatchObject([{ kind: "readApp", purpose: "draft", appId: sampleId(0) }]);
  expect(textOf(editor)).toMatch(/sent \d\d:\d\d, reading … +\?/);
  editor.read("draft", made(0, { failedDeviceCount: 42 }), { record: "applied" });
  expect(textOf(editor)).toMatch(/sent \d\d:\d\d, applied +✓/);
  expect(textOf(editor)).toContain("nothing is left to send");
  expect(editor.effects()).toEqual([]);
  expect(editor.draftKeys("claimDrafts")).toEqual([]);
  expect(editor.state().staging.apps.size).toBe(0);
});

test.each([
  ["not applied", listedApp(0, "App 0", { failedDeviceCount: 40 }), /not applied +○/],
  ["overtaken", made(0, { failedDeviceCount: 7 }), /now 9 +≠/],
  ["there by values alone", made(0, { failedDeviceCount: 42 }), /sent \d\d:\d\d, values there +\?/],
  ["gone", responded(404), /not in the list +\?/],
  ["not readable", timedOut, /not read +\?/],
])("a draft that was sent says that it is %s", (_which, outcome, shown) => {
  const editor = driveEditor(apps);
  find(editor, draftOf(0, "sent"));
  if ("id" in outcome) editor.read("draft", outcome);
  else editor.happen({ kind: "readFailed", purpose: "draft", appId: sampleId(0), failure: outcome });
  expect(textOf(editor)).toMatch(shown);
});

test("four apps are read at once, those of sent drafts first, and the next one as soon as one has come", () => {
  const editor = driveEmptyEditor();
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: apps.slice(0, 1), count: 6 });
  find(editor, draftOf(5, "staged"), ...[0, 1, 2, 3, 4].map((index) => draftOf(index, "sent")));
  expect(asked(editor)).toEqual([0, 1, 2, 3].map(sampleId));
  editor.happen({ kind: "readFailed", purpose: "draft", appId: sampleId(2), failure: timedOut });
  expect(asked(editor)).toEqual([sampleId(4)]);
  editor.read("draft", listedApp(0));
  // The list has not brought this one yet, so that nothing else tells what it meets.
  expect(asked(editor)).toEqual([sampleId(5)]);
  editor.read("draft", listedApp(5, "App 5", { failedDeviceCount: 40 }));
  expect(textOf(editor)).toContain("version 7 still");
});

/** Two drafts of an app that were both sent, the newer one first. */
function sentTwice(): readonly [FoundDraft, FoundDraft] {
  const older = draftOf(0, "sent");
  const pending = older.draft.pending && { ...older.draft.pending, clientRequestId: sampleId(80) };
  return [{ key: "newer", savedAt: 200, draft: { ...older.draft, pending } }, older];
}

/** The requests that the log is asked for, since this was last asked. */
function askedFor(editor: EditorDriver): readonly (string | undefined)[] {
  return editor
    .effects()
    .flatMap((effect) => (effect.kind === "readApp" ? [effect.sent?.clientRequestId] : []));
}

test.each(["applied", "notApplied"] as const)(
  "what the log says of a draft (%s) is not taken for the older one that follows it: that is asked for itself",
  (record) => {
    const editor = driveEditor(apps);
    find(editor, ...sentTwice());
    expect(askedFor(editor)).toEqual([sampleId(80)]);
    editor.read("draft", made(0, { failedDeviceCount: 7 }), { record });
    editor.press("x", "y");
    expect(editor.draftKeys("discardDrafts")).toEqual(["newer"]);
    expect(textOf(editor)).toMatch(/sent \d\d:\d\d, reading … +\?/);
    expect(askedFor(editor)).toEqual([sampleId(90)]);
    editor.read("draft", made(0, { failedDeviceCount: 42 }), { record: "applied" });
    expect(textOf(editor)).toMatch(/sent \d\d:\d\d, applied +✓/);
    expect(askedFor(editor)).toEqual([]);
  },
);

test("an older draft waits for a reading that is on its way for one that was thrown away, and is then asked for itself", () => {
  const editor = driveEditor(apps);
  find(editor, ...sentTwice());
  editor.press("x", "y");
  expect(askedFor(editor)).toEqual([sampleId(80)]);
  editor.read("draft", made(0, { failedDeviceCount: 7 }), { record: "notApplied" });
  expect(askedFor(editor)).toEqual([sampleId(90)]);
  expect(textOf(editor)).toMatch(/sent \d\d:\d\d, reading … +\?/);
});

test("an older draft is asked for itself once the newer one was brought back and settled", () => {
  const editor = driveEditor(apps);
  const drafts = sentTwice();
  find(editor, ...drafts);
  editor.read("draft", made(0, { failedDeviceCount: 42 }), { record: "applied" });
  editor.effects();
  bringBack(editor, "enter", drafts);
  expect(editor.state().drafts.found.map(({ key }) => key)).toEqual(["key 0"]);
  expect(askedFor(editor)).toEqual([sampleId(90)]);
});

test("R reads all apps of drafts again, also one that could not be read", () => {
  const editor = driveEditor(apps);
  find(editor, draftOf(0, "sent"), draftOf(1, "staged"));
  editor.happen({ kind: "readFailed", purpose: "draft", appId: sampleId(0), failure: timedOut });
  expect(textOf(editor)).toContain("R reads again");
  const plain = describePlace(editor.state(), unicodeGlyphs, firstPages).join("\n");
  expect(plain).toContain("Not read: No response came in time. Type again to read once more.");
  expect(plain).not.toContain("R reads again");
  editor.effects();
  editor.press("R");
  expect(asked(editor)).toEqual([sampleId(0), sampleId(1)]);
  editor.read("draft", made(1, { failedDeviceCount: 7 }));
  expect(textOf(editor)).toMatch(/version 7, now 9 +≠ 1/);
});

test("a change that reading has shown to be applied is settled with Enter; others are read again first", () => {
  const editor = driveEditor(apps);
  const drafts = [draftOf(0, "sent"), draftOf(1, "sent"), draftOf(2, "sent")];
  find(editor, ...drafts);
  editor.read("draft", made(0, { failedDeviceCount: 42 }));
  editor.read("draft", listedApp(1, "App 1", { failedDeviceCount: 40 }));
  editor.effects();
  bringBack(editor, "enter", drafts);
  expect([...editor.state().staging.apps.keys()]).toEqual([sampleId(1), sampleId(2)]);
  expect(editor.state().applied.get(sampleId(0))?.patch).toEqual({ failedDeviceCount: 42 });
  expect(asked(editor)).toEqual([sampleId(1), sampleId(2)]);
  expect(editor.state().notice?.text).toBe(
    "2 drafts are staged again. 2 were sent: that is read first. 1 has nothing left to send. " +
      "1 counts as applied, though the values may be someone else's.",
  );
  // What was asked for only to look says no more.
  editor.read("draft", made(2, { failedDeviceCount: 42 }));
  expect(editor.state().staging.apps.get(sampleId(2))?.pending).toBeDefined();
});

test("drafts whose apps others have changed move onto them, and the table of conflicts opens by itself", () => {
  const changed = [made(0, { failedDeviceCount: 38 }), made(1, { failedUserCount: 1 }), ...apps.slice(2)];
  const editor = driveEditor(changed);
  const drafts = [draftOf(1, "staged"), draftOf(0, "staged")];
  find(editor, ...drafts);
  bringBack(editor, "enter", drafts);
  expect(textOf(editor)).toContain("2 of these apps have changed");
  expect(textOf(editor)).toContain("Mine 8 was typed against 40. Theirs is 38.");
  expect(editor.state().notice?.text).toBe("2 drafts are staged again. 2 moved onto what is there now.");
  editor.press("m", "enter", "y");
  const guards = editor.effects().flatMap((effect) => (effect.kind === "sendPatch" ? [effect.ifMatch] : []));
  expect(guards).toEqual(['W/"9"', 'W/"9"']);
});

/** An app of a store that began anew: under the version of the drafts it has other values. */
function anew(index: number, patch: InstallSummaryPatch): KnownApp {
  return { ...made(index, patch), etag: app.etag };
}

test("other values under the same version are said, and edits move onto them as onto another version", () => {
  const editor = driveEditor([anew(0, { failedDeviceCount: 7 }), anew(1, { failedUserCount: 1 })]);
  const amount = draftOf(1, "staged");
  const drafts = [
    draftOf(0, "staged"),
    { ...amount, draft: { ...amount.draft, edits: { failedDeviceCount: { add: 2 }, failedUserCount: 5 } } },
  ];
  find(editor, ...drafts);
  expect(textOf(editor)).toMatch(/App 0 .* 1 line +other values +≠ 1/);
  expect(textOf(editor)).toContain("Other values: under the same version, as in a store that began anew.");
  expect(describePlace(editor.state(), unicodeGlyphs, firstPages).join("\n")).toContain(
    "other values, 1 counter changed",
  );
  bringBack(editor, "enter", drafts);
  expect(textOf(editor)).toContain("Mine 8 was typed against 40. Theirs is 7.");
  expect(textOf(editor)).toContain("version 7, other values");
  expect(editor.state().notice?.text).toBe("2 drafts are staged again. 2 moved onto what is there now.");
  editor.press("T", "n", "T", "enter", "s", "y");
  expect(editor.effects().flatMap((effect) => (effect.kind === "sendPatch" ? [effect.patch] : []))).toEqual([
    { failedDeviceCount: 42 },
  ]);
});

test("a change that was sent to a store that began anew is not sent again by itself", () => {
  const editor = driveEditor(apps);
  const drafts = [draftOf(0, "sent")];
  find(editor, ...drafts);
  editor.read("draft", anew(0, { failedDeviceCount: 7 }));
  expect(textOf(editor)).toMatch(/sent \d\d:\d\d, other values +≠/);
  bringBack(editor, "enter", drafts);
  expect(editor.state().screen.name).toBe("conflict");
  expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
    edits: { failedDeviceCount: 42 },
    contested: { failedDeviceCount: 40 },
    pending: undefined,
  });
});

test("staged edits wait for R where the list has come with other values under the same version", () => {
  const editor = driveEditor(apps);
  editor.press("right", "+", "2", "enter", "s");
  editor.happen({ kind: "followed", followed: { kind: "gap" } });
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: [anew(0, { failedDeviceCount: 7 })], count: 1 });
  editor.happen({ kind: "listLoaded", generation });
  expect(textOf(editor)).toContain("version 7 has other values now: not sent until R reads it again");
  editor.press("y");
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
});

function bare(known: KnownApp): KnownApp {
  return { ...known, etag: undefined };
}

test("a server without ETags is not said to have begun anew; edits wait for R where it has other values", () => {
  const { draft, ...rest } = draftOf(0, "staged");
  const editor = driveEditor([bare(made(0, { failedDeviceCount: 7 })), bare(made(1, {}))]);
  find(editor, { ...rest, draft: { ...draft, app: bare(draft.app) } });
  expect(textOf(editor)).toMatch(/1 line +other values +≠ 1/);
  expect(textOf(editor)).not.toContain("began anew");
  editor.press("n", "right", "8", "enter", "s");
  editor.happen({ kind: "followed", followed: { kind: "gap" } });
  const { generation } = editor.state().list;
  const changed = [0, 1].map((index) => bare(made(index, { failedDeviceCount: 3 })));
  editor.happen({ kind: "pageLoaded", generation, apps: changed, count: 2 });
  editor.happen({ kind: "listLoaded", generation });
  expect(textOf(editor)).toContain("other values are there now: not sent until R reads it again");
});

test("where no counter is in conflict the list comes, and says what was brought back", () => {
  const editor = driveEditor([made(0, { failedUserCount: 1 }), made(1, { failedDeviceCount: 8 })]);
  const drafts = [draftOf(0, "staged"), draftOf(1, "staged")];
  find(editor, ...drafts);
  bringBack(editor, "enter", drafts);
  expect(editor.state().screen.name).toBe("list");
  expect(editor.state().notice?.text).toBe(
    "1 draft is staged again. 1 has nothing left to send. 1 moved onto what is there now.",
  );
});

test("a conflict of a single draft waits until the person has decided on the other drafts", () => {
  const editor = driveEditor([made(0, { failedDeviceCount: 38 }), ...apps.slice(1)]);
  const drafts = [draftOf(0, "staged"), draftOf(1, "staged")];
  find(editor, ...drafts);
  bringBack(editor, " ", drafts);
  expect(editor.state().screen.name).toBe("drafts");
  editor.press("n");
  expect(editor.state().screen.name).toBe("conflict");
});

test("drafts that come while the commands are open leave no empty screen behind them", () => {
  const editor = driveEditor(apps);
  const drafts = [draftOf(0, "staged")];
  find(editor, ...drafts);
  editor.press("enter", ":");
  expect(editor.state().screen.name).toBe("palette");
  const keys = editor.draftKeys("claimDrafts");
  editor.happen({ kind: "draftsClaimed", drafts: drafts.map(({ draft }) => draft), keys, reason: undefined });
  editor.press("escape");
  expect(editor.state().screen.name).toBe("list");
});

test("a change that was sent and then overtaken comes back as values, and its conflict is shown", () => {
  const editor = driveEditor(apps);
  const drafts = [draftOf(0, "sent")];
  find(editor, ...drafts);
  editor.read("draft", made(0, { failedDeviceCount: 7 }));
  bringBack(editor, "enter", drafts);
  expect(editor.state().screen.name).toBe("conflict");
  expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
    edits: { failedDeviceCount: 42 },
    pending: undefined,
    wasOvertaken: true,
  });
});

test.each([
  ["applied", "", { text: "1 draft was thrown away.", tone: "plain" }],
  [
    undefined,
    " It was sent, and may have been applied.",
    { text: "1 draft was thrown away. What was sent may still have been applied.", tone: "wrong" },
  ],
] as const)(
  "a draft whose values are there is thrown away without a warning only where the log says %s",
  (record, warning, notice) => {
    const editor = driveEditor(apps);
    find(editor, draftOf(0, "sent"));
    editor.read("draft", made(0, { failedDeviceCount: 42 }), { record });
    editor.press("x");
    expect(textOf(editor).replaceAll(/\s+/g, " ")).toContain(`(00000000) away?${warning}`);
    editor.press("y");
    expect(editor.state().notice).toEqual(notice);
  },
);

test("drafts that are found while the person is at the counters are told there, and shown in the list", () => {
  const editor = driveEditor([app]);
  editor.press("right");
  editor.happen({ kind: "draftsFound", drafts: [found("one", 1, undefined)], newer: [], broken: [] });
  expect(editor.state().screen.name).toBe("counters");
  expect(drawEditor(editor.state()).join("\n")).toContain(
    "1 draft of an ended editor was found: the list shows it.",
  );
  editor.press("escape");
  expect(editor.state().screen.name).toBe("drafts");
});

test("bringing all back says which drafts of the same apps stay, and quitting counts all", () => {
  const editor = driveEditor(apps);
  const newest = draftOf(0, "staged");
  const drafts = [newest, { ...draftOf(0, "staged"), key: "older", savedAt: 1 }];
  find(editor, ...drafts);
  expect(keptLines(editor.state(), [])).toEqual([
    "2 drafts are kept on this computer: install-summary brings them back.",
  ]);
  bringBack(editor, "enter", [newest]);
  expect(editor.state().notice?.text).toBe("1 draft is staged again. 1 other draft stays on disk.");
  expect(keptLines(editor.state(), [])).toEqual([
    "2 drafts are kept on this computer: install-summary brings them back.",
  ]);
});

test("where the server ends with the editor, what brings drafts back and shows what was sent starts both", () => {
  const editor = driveEditor([app], usual, { startCall: "npx -y pnpm@12 start --port 9000" });
  editor.press("right", "8", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: app.id, failure: timedOut });
  expect(keptLines(editor.state(), [])).toEqual([
    "1 draft is kept on this computer: npx -y pnpm@12 start --port 9000 brings it back.",
  ]);
  expect(unconfirmedLines(editor.state()).slice(-2)).toEqual([
    "To see what is there now:",
    "  npx -y pnpm@12 start --port 9000",
  ]);
});

test("drafts that are left for later are counted when the editor ends, those that are thrown away are not", () => {
  const editor = driveEditor(apps);
  find(editor, draftOf(0, "staged"), draftOf(1, "staged"), draftOf(2, "staged"));
  editor.press("x", "y", "n");
  expect(keptLines(editor.state(), [])[0]).toMatch(/^2 drafts are kept/);
});

test.each([usual, small])(
  "how many drafts cannot be read is said first at any size, and a cut path has a sign",
  (size) => {
    const editor = driveEditor(apps, size);
    const path = `/home/ada/.local/share/install-summary/drafts/${"0123456789".repeat(20)}.json`;
    editor.happen({ kind: "draftsFound", drafts: [], newer: [], broken: [path, path, path] });
    expect(textOf(editor)).toContain("✗ 3 drafts that cannot be read are");
    expect(textOf(editor)).toMatch(/…\n.*$/);
  },
);

test.each([
  [2, "1 draft is staged again; Enter brings back the other, n leaves it for later."],
  [3, "1 draft is staged again; Enter brings back the other 2, n leaves them for later."],
])("of %d drafts one is brought back: what is said next works there", (count, text) => {
  const several = Array.from({ length: count }, (_, index) => listedApp(index, `App ${index}`));
  const drafts = several.map((own, index) => {
    const { draft } = found("", 1, undefined);
    return { key: `${index}`, savedAt: 1, draft: { ...draft, app: own } };
  });
  const start = (): EditorDriver => {
    const editor = driveEditor(several);
    editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
    editor.press(" ");
    claim(editor, editor.draftKeys("claimDrafts"));
    return editor;
  };
  const claim = (editor: EditorDriver, keys: readonly string[]): void => {
    const taken = drafts.flatMap(({ key, draft }) => (keys.includes(key) ? [draft] : []));
    editor.happen({ kind: "draftsClaimed", drafts: taken, keys, reason: undefined });
  };
  const [all, later] = [start(), start()];
  for (const editor of [all, later]) {
    expect(editor.state().screen.name).toBe("drafts");
    expect(editor.state().notice?.text).toBe(text);
  }
  expect(spoken(text)).toBe(text.replace("Enter", "enter").replace(", n ", ", no "));
  all.press("enter");
  claim(all, all.draftKeys("claimDrafts"));
  expect(all.state().notice?.text).toMatch(/staged again; s shows what would be sent\.$/);
  later.press("n");
  for (const editor of [all, later]) {
    editor.press("s");
    expect(editor.state().screen.name).toBe("review");
  }
});
