import { applyPatch } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, driveEmptyEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { widthOf } from "../text/width.ts";
import { currentApp } from "./model/app-list.ts";
import type { Effect } from "./model/effect.ts";
import { messageLines } from "./view/frame/message-line.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";
import { lineText } from "./view/line.ts";

const payroll = listedApp(0, "Payroll", { failedDeviceCount: 41 });
const outlook = listedApp(1, "Outlook", { failedDeviceCount: 16 });

function drive(): EditorDriver {
  const editor = driveEditor([payroll, outlook]);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  return editor;
}

function failed(
  version: number,
  before: number,
  after: number,
  parts: Partial<ListedChange> = {},
): ListedChange {
  return loggedChange({
    version,
    before: { failedDeviceCount: before },
    after: { failedDeviceCount: after },
    ...parts,
  });
}

function see(editor: EditorDriver, ...changes: readonly ListedChange[]): void {
  editor.happen({ kind: "followed", followed: { kind: "changes", changes, areNew: true } });
}

function appOf(editor: EditorDriver, index: number): readonly [number | undefined, string | undefined] {
  const app = editor.state().list.apps.find(({ id }) => id === sampleId(index));
  return [app?.installSummary.failedDeviceCount, app?.etag];
}

function readings(editor: EditorDriver): readonly Effect[] {
  return editor.effects().filter(({ kind }) => kind === "readApp");
}

test("the next version of an app is made of the change itself, and no row moves under the cursor", () => {
  const editor = drive();
  editor.press("down");
  const rows = editor.state().list.rows;
  see(editor, failed(8, 41, 3));
  expect(appOf(editor, 0)).toEqual([3, 'W/"8"']);
  expect(readings(editor)).toEqual([]);
  expect(editor.state().list.rows).toEqual(rows);
  expect(currentApp(editor.state().list)?.id).toBe(outlook.id);
});

test("several changes at once are all taken in: two of an app, one of an app that is edited, one after a gap", () => {
  const third = listedApp(2, "Third", { failedDeviceCount: 1 });
  const editor = driveEditor([payroll, outlook, third]);
  editor.press("down", "right", "5", "enter", "escape");
  const ofOutlook = failed(8, 16, 17, { appId: outlook.id });
  see(editor, failed(8, 41, 40), ofOutlook, failed(9, 40, 39), failed(9, 2, 3, { appId: third.id }));
  expect([0, 1, 2].map((index) => appOf(editor, index))).toEqual([
    [39, 'W/"9"'],
    [17, 'W/"8"'],
    [1, 'W/"7"'],
  ]);
  expect(readings(editor)).toMatchObject([{ purpose: "newer", appId: third.id }]);
  expect(editor.state().staging.apps.get(outlook.id)?.app.etag).toBe('W/"7"');
});

test("a change that is known already, and one of an app that is not in the list, change nothing", () => {
  const editor = drive();
  see(editor, failed(7, 1, 2), failed(6, 1, 2), failed(8, 1, 2, { appId: sampleId(9) }));
  expect(appOf(editor, 0)).toEqual([41, 'W/"7"']);
  expect(readings(editor)).toEqual([]);
});

test("after a gap the app is read, and what is read counts", () => {
  const editor = drive();
  see(editor, failed(9, 40, 39));
  expect(readings(editor)).toMatchObject([{ purpose: "newer", appId: payroll.id }]);
  editor.read("newer", listedApp(0, "Payroll", { failedDeviceCount: 39 }, 'W/"9"'));
  expect(appOf(editor, 0)).toEqual([39, 'W/"9"']);
});

test("edits move onto a version that leaves their counters alone; others are kept beside theirs", () => {
  const editor = drive();
  editor.press("right", "5", "enter");
  see(editor, loggedChange({ version: 8, before: { failedUserCount: 8 }, after: { failedUserCount: 9 } }));
  expect(editor.state().staging.apps.get(payroll.id)).toMatchObject({
    app: { etag: 'W/"8"' },
    edits: { failedDeviceCount: 5 },
  });
  see(editor, failed(9, 41, 40));
  expect(editor.state().staging.apps.get(payroll.id)).toMatchObject({
    app: { etag: 'W/"8"' },
    edits: { failedDeviceCount: 5 },
  });
  editor.effects();
  editor.press("s", "y");
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
});

test("an amount that moves is counted again", () => {
  const editor = drive();
  editor.press("right", "+", "5", "enter");
  see(editor, failed(8, 41, 40));
  editor.effects();
  editor.press("s", "y");
  expect(editor.effects()).toMatchObject([{ patch: { failedDeviceCount: 45 }, ifMatch: 'W/"8"' }]);
});

test("what is said of an edit has the numbers that are on the screen, also where it has moved meanwhile", () => {
  const typed = drive();
  typed.press("right", "+", "1");
  see(typed, failed(8, 41, 44));
  typed.press("enter");
  typed.read("newer", listedApp(0, "Payroll", { failedDeviceCount: 44 }, 'W/"8"'));
  expect(typed.state().notice?.text).toBe("Staged: failed devices 44 → 45 (+1).");
  expect(drawEditor(typed.state()).join("\n")).toMatch(/✗ Failed +44 → 45/);

  const staged = drive();
  staged.press("right", "+", "1", "enter");
  see(staged, failed(8, 41, 44));
  expect(staged.state().notice?.text).toBe("Staged: failed devices 44 → 45 (+1).");
  staged.press("up", "x");
  expect(staged.state().notice?.text).toBe("Reverted: failed devices 44.");
  see(staged, failed(9, 44, 50));
  expect(staged.state().notice?.text).toBe("Reverted: failed devices 50.");
  staged.press("7", "enter");
  see(staged, failed(10, 50, 7));
  expect(staged.state().staging.apps.size).toBe(1);
  expect(staged.state().notice?.text).toBe("Staged: failed devices 50 → 7 (−43).");
  staged.press("up", "x");
  expect(staged.state().notice?.text).toBe("Reverted: failed devices 7.");
  expect(drawEditor(staged.state()).join("\n")).toMatch(/✗ Failed +▸ 7 /);
  staged.press("9", "enter");
  see(staged, failed(11, 7, 8));
  expect(staged.state().notice?.text).toBe("Staged: failed devices 7 → 9 (+2).");
});

test("what the review shows does not change under the person's hand", () => {
  const editor = drive();
  editor.press("right", "+", "5", "enter", "s");
  see(editor, failed(8, 41, 40));
  editor.effects();
  editor.press("y");
  expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
  expect(editor.state().notice?.text).toContain("R reads them again");
});

test("while a number is typed its app stays as it was; then it is read, and the edit is based on what was seen", () => {
  const editor = drive();
  editor.press("right", "5");
  see(editor, failed(8, 41, 40));
  expect(appOf(editor, 0)).toEqual([41, 'W/"7"']);
  expect(readings(editor)).toEqual([]);
  editor.press("enter");
  expect(readings(editor)).toMatchObject([{ purpose: "newer", appId: payroll.id }]);
  editor.read("newer", listedApp(0, "Payroll", { failedDeviceCount: 40 }, 'W/"8"'));
  expect(editor.state().staging.apps.get(payroll.id)?.app.etag).toBe('W/"7"');
  expect(appOf(editor, 0)).toEqual([40, 'W/"8"']);
});

test("a change whose response was lost is settled by seeing it made", () => {
  const editor = drive();
  editor.press("right", "+", "5", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: payroll.id, failure: timedOut });
  editor.press("escape");
  expect(editor.state().screen.name).toBe("results");
  expect(editor.state().staging.apps.get(payroll.id)?.pending).toBeDefined();
  editor.effects();
  see(editor, failed(8, 41, 46, { mine: true }));
  expect(readings(editor)).toMatchObject([{ purpose: "newer", sent: { ifMatch: 'W/"7"' } }]);
  editor.read("newer", listedApp(0, "Payroll", { failedDeviceCount: 46 }, 'W/"8"'), { record: "applied" });
  expect(editor.state().staging.apps.size).toBe(0);
  expect(appOf(editor, 0)).toEqual([46, 'W/"8"']);
});

test("the changes of this session are not told as news, those of others and of another terminal are", () => {
  const editor = drive();
  editor.press("right", "5", "enter", "s", "y");
  const own = editor
    .effects()
    .flatMap((effect) => (effect.kind === "sendPatch" ? [effect.clientRequestId] : []));
  const summary = applyPatch(payroll.installSummary, { failedDeviceCount: 5 });
  editor.happen({ kind: "patchAcknowledged", appId: payroll.id, summary, etag: 'W/"8"' });
  see(editor, failed(8, 41, 5, { mine: true, clientRequestId: own[0] ?? "" }));
  expect(editor.state().live.latest).toBeUndefined();
  see(editor, failed(9, 5, 6, { mine: true, clientRequestId: "another" }));
  expect(editor.state().live.latest?.version).toBe(9);
});

test.each([200, 80])(
  "news of an app say who changed what, in %i columns: a long name gives way",
  (columns) => {
    const named = listedApp(0, "Payroll for the branch offices of the northern region", {
      failedDeviceCount: 2104,
    });
    const editor = driveEditor([named, outlook]);
    editor.happen({ kind: "resized", size: { columns, rows: 24 } });
    editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
    see(
      editor,
      failed(8, 2104, 1900, {
        actor: "ada@contoso.com",
        changedAt: new Date(editor.state().now).toISOString(),
      }),
    );
    const [news = ""] = messageLines(editor.state(), unicodeGlyphs, columns).map(lineText);
    expect(news).toMatch(
      /^ (?:live · )?Payroll .* 00000000: failed devices 2,104 → 1,900 by ada@contoso\.com, \d+:\d\d$/,
    );
    expect(widthOf(news)).toBeLessThan(columns);
  },
);

test("where nothing could be read yet, nothing is said to be behind", () => {
  const editor = driveEmptyEditor();
  const { generation } = editor.state().list;
  editor.happen({ kind: "listFailed", generation, failure: responded(401, { message: "Not signed in." }) });
  editor.happen({ kind: "followed", followed: { kind: "link", link: "lost" } });
  expect(drawEditor(editor.state()).join("\n")).not.toContain("Not live");
});

test("a gap reads the list again, and a lost stream says since when", () => {
  const editor = drive();
  editor.happen({ kind: "followed", followed: { kind: "gap" } });
  expect(editor.effects().filter(({ kind }) => kind === "loadPages")).toHaveLength(1);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "lost" } });
  const since = editor.state().now;
  editor.wait(5);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "lost" } });
  expect(editor.state().live.link).toEqual({ kind: "lost", since });
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  expect(editor.state().live.link).toEqual({ kind: "live" });
});

test("a gap leaves no hole in the open history: it is read anew, and the person stays on the same change", () => {
  const editor = drive();
  editor.press("h");
  const changes = [failed(7, 40, 41), failed(6, 1, 40)];
  editor.happen({ kind: "historyRead", generation: 1, changes, hasMore: false });
  editor.press("down");
  editor.effects();
  editor.happen({ kind: "followed", followed: { kind: "gap" } });
  expect(editor.effects()).toMatchObject([{ kind: "loadPages" }, { kind: "readHistory", generation: 2 }]);
  // What the log begins with again does not stand in for what was missed.
  see(editor, failed(300, 2, 3));
  const now = [failed(300, 2, 3), failed(299, 1, 2), ...changes];
  editor.happen({ kind: "historyRead", generation: 2, changes: now, hasMore: false });
  expect(editor.state().history?.changes.map(({ version }) => version)).toEqual([300, 299, 7, 6]);
  expect(editor.state().history?.at).toBe("c6");
});

test("once changes were seen, a failure that a server without a log would give ends nothing", () => {
  const editor = drive();
  editor.happen({ kind: "recentFailed", failure: responded(404) });
  editor.happen({ kind: "trendFailed", appId: payroll.id, failure: responded(501) });
  expect(editor.state().hasChangeLog).toBe(true);
  expect(editor.state().notice?.text).toContain("404");
});

test("a change that is seen is in the open history, and the person stays on the same change", () => {
  const editor = drive();
  editor.press("h");
  editor.happen({
    kind: "historyRead",
    generation: 1,
    changes: [failed(7, 40, 41), failed(6, 1, 40)],
    hasMore: false,
  });
  editor.press("down");
  see(editor, failed(8, 41, 3), failed(2, 1, 2, { appId: outlook.id }));
  expect(editor.state().history?.changes.map(({ version }) => version)).toEqual([8, 7, 6]);
  expect(editor.state().history?.at).toBe("c6");
});

test("a change of an app whose page is on its way is read once the list is there", () => {
  const editor = driveEmptyEditor();
  see(editor, failed(8, 41, 3), failed(7, 1, 2, { appId: outlook.id }));
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: [payroll, outlook], count: 2 });
  expect(readings(editor)).toEqual([]);
  editor.happen({ kind: "listLoaded", generation });
  expect(readings(editor)).toMatchObject([{ purpose: "newer", appId: payroll.id }]);
  expect(editor.state().live.behind.size).toBe(0);
});

test("changes of many apps are all in the history, and the list is read once, to its end, however many follow", () => {
  const apps = Array.from({ length: 150 }, (_, index) => listedApp(index, `App ${index}`));
  const editor = driveEditor(apps);
  editor.press("H");
  editor.happen({ kind: "historyRead", generation: 1, changes: [failed(7, 1, 2)], hasMore: false });
  const madeAt = (version: number): readonly ListedChange[] =>
    apps.map(({ id }, index) => failed(version, 1, 2, { appId: id, cursor: `c${version}-${index}` }));
  const reloads = (): number => editor.effects().filter(({ kind }) => kind === "loadPages").length;
  editor.effects();
  see(editor, ...madeAt(8));
  expect(reloads()).toBe(1);
  see(editor, ...madeAt(9));
  expect(reloads()).toBe(0);
  expect(editor.state().history?.changes).toHaveLength(301);
  const { generation } = editor.state().list;
  const newest = apps.map((app) => ({ ...app, etag: 'W/"9"' }));
  editor.happen({ kind: "pageLoaded", generation, apps: newest, count: newest.length });
  editor.happen({ kind: "listLoaded", generation });
  expect(reloads()).toBe(0);
  expect(editor.state().live.behind.size).toBe(0);
});

test("an edited app is known at once among the changes of many, and is read where some were missed, though the list is read", () => {
  const apps = Array.from({ length: 150 }, (_, index) => listedApp(index, `App ${index}`));
  const editor = driveEditor(apps);
  editor.press("right", "8", "enter", "escape", "down", "right", "9", "enter", "escape", "s");
  editor.effects();
  const edited = apps.slice(0, 2).map(({ id }) => id);
  const changes = apps.map(({ id }, index) =>
    failed(edited[1] === id ? 9 : 8, 16, 3, { appId: id, cursor: `c${index}` }),
  );
  see(editor, ...changes);
  const effects = editor.effects();
  expect(effects.filter(({ kind }) => kind === "loadPages")).toHaveLength(1);
  expect(appOf(editor, 0)).toEqual([3, 'W/"8"']);
  expect(drawEditor(editor.state()).join("\n")).toContain("version 8 is there now");
  editor.wait(1);
  const read = [...effects, ...editor.effects()].filter(({ kind }) => kind === "readApp");
  expect(read).toMatchObject([{ purpose: "newer", appId: edited[1] }]);
});

test("a history that grows without end keeps what is near the person, and reads the rest again when it is wanted", () => {
  const editor = drive();
  editor.press("H");
  editor.happen({ kind: "historyRead", generation: 1, changes: [failed(7, 1, 2)], hasMore: false });
  const many = Array.from({ length: 1500 }, (_, index) => failed(index, 1, 2, { cursor: `many-${index}` }));
  see(editor, ...many.slice(0, 500));
  expect(editor.state().history).toMatchObject({ at: "c7", hasMore: false });
  editor.press("g");
  see(editor, ...many.slice(500));
  const { history } = editor.state();
  expect(history).toMatchObject({ at: "many-499", hasMore: true });
  expect(history?.changes).toHaveLength(1100);
  expect(history?.changes.at(-1)?.cursor).toBe("many-400");
});

test("a trend that lacks changes before the newest one is read again", () => {
  const editor = drive();
  const trend = { changes: [failed(7, 40, 41)], knownSince: 0 };
  editor.happen({ kind: "trendRead", appId: payroll.id, trend });
  see(editor, failed(8, 41, 3));
  expect(editor.state().trends.get(payroll.id)).toMatchObject({
    kind: "known",
    changes: [{ version: 8 }, { version: 7 }],
  });
  see(editor, failed(10, 5, 6));
  expect(editor.state().trends.has(payroll.id)).toBe(false);
});

test("undo names the counter that was decided, also where the number stayed", () => {
  const editor = drive();
  editor.press("right", "5", "enter");
  see(editor, failed(8, 41, 40));
  editor.press("s", "R");
  editor.read("refresh", listedApp(0, "Payroll", { failedDeviceCount: 40 }, 'W/"8"'));
  expect(editor.state().screen.name).toBe("conflict");
  editor.press("m", "u");
  expect(editor.state().staging.apps.get(payroll.id)?.contested).toEqual({ failedDeviceCount: 41 });
  expect(editor.state().notice?.text).toBe("Undone: failed devices. (Payroll · Windows (00000000))");
});

test("apps that others add are counted until the list is read again, and no row moves", () => {
  const editor = drive();
  const added = [2, 3].map((index) => loggedChange({ appId: sampleId(index), version: 1 }));
  const rows = editor.state().list.rows;
  see(editor, ...added);
  see(editor, failed(8, 41, 40));
  expect(editor.state().list.rows).toEqual(rows);
  const screen = (): string =>
    drawEditor(editor.state())
      .join(" ")
      .replaceAll(/[\s│]+/g, " ");
  expect(screen()).toContain("2 apps · 2 new: R · by failed");
  editor.press("right");
  expect(screen()).toContain("2 apps · 2 new · by failed");
  editor.press("escape");
  editor.press("/");
  editor.type("third");
  expect(screen()).toContain("2 new apps are not in the list yet: Enter, then R reads it.");
  editor.press("enter");
  expect(screen()).toContain("2 new apps are not in the list yet: R reads it.");
  editor.press("R");
  const { generation } = editor.state().list;
  // One is gone again, and one more was added after the reading had begun.
  see(editor, loggedChange({ appId: sampleId(4), version: 1 }));
  const third = listedApp(2, "Third");
  editor.happen({ kind: "pageLoaded", generation, apps: [payroll, outlook, third], count: 3 });
  editor.happen({ kind: "listLoaded", generation });
  expect(screen()).toContain("1 of 3 apps · 1 new: R");
  editor.press("R");
  const next = editor.state().list.generation;
  editor.happen({ kind: "pageLoaded", generation: next, apps: [payroll, outlook, third], count: 3 });
  editor.happen({ kind: "listLoaded", generation: next });
  expect(editor.state().live.unlisted.size).toBe(0);
  expect(screen()).not.toContain("new");
});

test("apps of an import are counted too, and what was changed before following began is not", () => {
  const editor = drive();
  const changes = Array.from({ length: 150 }, (_, index) =>
    loggedChange({ appId: sampleId(index), version: 1 }),
  );
  editor.happen({ kind: "followed", followed: { kind: "changes", changes, areNew: false } });
  expect(editor.state().live.unlisted.size).toBe(0);
  see(editor, ...changes);
  expect(editor.state().live.unlisted.size).toBe(148);
  editor.happen({ kind: "resized", size: { columns: 40, rows: 12 } });
  expect(drawEditor(editor.state())[0]).toContain("148 new: R");
});

test("a list that is older than a version on its way leaves it known: u reads the app first", () => {
  const editor = driveEditor([listedApp(0, "App", {}, 'W/"6"')]);
  const change = loggedChange({ version: 9, before: {}, after: { failedDeviceCount: 2 } });
  editor.press("R");
  const { generation } = editor.state().list;
  editor.press("right", "8", "enter");
  editor.happen({ kind: "pageLoaded", generation, apps: [listedApp(0, "App", {}, 'W/"7"')], count: 1 });
  editor.effects();
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
  expect(editor.effects()).toMatchObject([{ kind: "readApp", purpose: "newer" }]);
  editor.happen({ kind: "listLoaded", generation });
  expect(editor.state().live.newest).toEqual(new Map([[sampleId(0), 9]]));
});

test("a list that has the newest version, or a newer one, needs to know it no longer", () => {
  const editor = driveEditor([listedApp(0, "App", {}, 'W/"6"')]);
  const change = loggedChange({ version: 9, before: {}, after: { failedDeviceCount: 2 } });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
  editor.press("R");
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: [listedApp(0, "App", {}, 'W/"9"')], count: 1 });
  editor.happen({ kind: "listLoaded", generation });
  expect(editor.state().live.newest).toEqual(new Map());
});
