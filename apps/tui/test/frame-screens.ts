import { applyPatch, type InstallSummaryEdit, type InstallSummaryPatch } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import type { FoundDraft, SentDraft } from "../src/changes/drafts/draft.ts";
import type { EditorState } from "../src/editor/model/editor-state.ts";
import type { Size } from "../src/editor/model/layout.ts";
import type { KnownApp } from "../src/words/known-app.ts";
import { driveEditor, large, small, usual, type EditorDriver } from "./editor-driver.ts";
import { responded, timedOut } from "./failures.ts";
import { loggedChange } from "./logged-change.ts";
import { listedApp } from "./sample-apps.ts";

/** The sizes that every screen is looked at in. */
export const frameSizes: readonly Size[] = [small, usual, large];

/** The names of the screens whose frames are kept. */
export function frameNames(): readonly string[] {
  return Object.keys(screens);
}

/** The state of the editor whose frame has this name. */
export function frameState(name: string, size: Size): EditorState {
  const editor = driveEditor(apps, size);
  screens[name]?.(editor);
  return editor.state();
}

/** The text that is kept of a screen, for which the blanks at the ends of its rows do not count. */
export function frameText(name: string, rows: readonly string[]): string {
  const picture = rows.map((row) => `${row.trimEnd()}\n`).join("");
  // A key more on any screen makes the help of all longer, which its frames do not tell.
  return name === "help-of-all" ? picture.replace(/(lines \d+-\d+ of) \d+$/m, "$1 …") : picture;
}

const apps = [
  app(1, "Google 給与計算システム 2.2", 16),
  app(2, "Zoom Chrome Enterprise 3.3", 341),
  app(3, "Evil\u001b[2J App 1.0", 96),
  // Three of one name.
  app(8, "Workday", 7),
  app(9, "Workday", 6),
  app(10, "Workday", 5),
  app(12, "Large", 2_000_000_000, 2_147_483_647),
  app(13, "Healthy", 0),
];

const google = app(1, "Google 給与計算システム 2.2", 16);
const evil = app(3, "Evil\u001b[2J App 1.0", 96);
const workday = app(8, "Workday", 7);
const android = app(9, "Workday", 6);

function app(index: number, name: string, failed: number, installed = 2080): KnownApp {
  const id = `${(0x1c3e_57a9 * index).toString(16).padStart(8, "0").slice(-8)}-4b2a-48b2-9908-1f80f4534ad5`;
  const listed = listedApp(index, name, { failedDeviceCount: failed, installedDeviceCount: installed });
  return { ...listed, id, installSummary: { ...listed.installSummary, id } };
}

const screens: Readonly<Record<string, (editor: EditorDriver) => void>> = {
  list(editor) {
    stage(editor);
  },
  filter(editor) {
    stage(editor);
    editor.press("/");
    editor.type('work -ios failed>5 "d"');
  },
  "filter-mistake"(editor) {
    editor.press("/");
    editor.type("zoom faild>10");
  },
  sort(editor) {
    stage(editor);
    editor.press("o");
  },
  "sorted-by-change"(editor) {
    editor.press("o", "c");
    const recent = new Map([android, evil].map(({ id }, age) => [id, 1000 - age]));
    editor.happen({ kind: "recentRead", recent, purpose: "sort", sort: editor.state().list.sort });
  },
  entry(editor) {
    stage(editor);
    editor.press("right", "tab", "1", ".", "5");
  },
  review(editor) {
    stageThree(editor);
    editor.press("s", "up", " ", "down");
  },
  sending(editor) {
    stageThree(editor);
    editor.press("s", "y");
    const busy = responded(429, { retryAfter: 20 });
    editor.happen({ kind: "patchFailed", appId: evil.id, failure: busy });
    editor.wait(3);
  },
  results(editor) {
    stageThree(editor);
    editor.press("s", "y");
    const failure = responded(412, { message: "The resource has changed since it was read." });
    editor.happen({ kind: "patchFailed", appId: evil.id, failure });
    editor.read("look", {
      ...evil,
      installSummary: { ...evil.installSummary, failedDeviceCount: 97 },
      etag: 'W/"9"',
    });
    editor.happen({
      kind: "patchAcknowledged",
      appId: workday.id,
      summary: applyPatch(
        workday.installSummary,
        editor.state().staging.apps.get(workday.id)?.pending?.change.patch ?? {},
      ),
      etag: 'W/"8"',
    });
    const refused = responded(401, { message: "The token is expired.", requestId: "77ab-02" });
    editor.happen({ kind: "patchFailed", appId: android.id, failure: refused });
  },
  conflict(editor) {
    stage(editor);
    editor.press("right", "down", "-", "5", "enter", "s", "y");
    const failure = responded(412, { message: "The resource has changed since it was read." });
    editor.happen({ kind: "patchFailed", appId: evil.id, failure });
    const theirs = { failedDeviceCount: 90, notApplicableDeviceCount: 270, pendingInstallUserCount: 1 };
    editor.read("look", { ...evil, installSummary: { ...evil.installSummary, ...theirs }, etag: 'W/"9"' });
  },
  settled(editor) {
    stage(editor);
    editor.press("s", "y");
    editor.happen({ kind: "patchFailed", appId: evil.id, failure: timedOut });
    editor.wait(1);
    editor.read("look", {
      ...evil,
      installSummary: { ...evil.installSummary, failedDeviceCount: 8 },
      etag: 'W/"8"',
    });
  },
  history(editor) {
    openHistory(editor);
    editor.press("down");
  },
  "history-whole"(editor) {
    openHistory(editor);
    editor.press("end", "enter", "right");
  },
  "history-of-all"(editor) {
    editor.press("H");
    const others = [
      logged(9, 2, workday, { failedDeviceCount: 8 }, { failedDeviceCount: 7 }),
      logged(4, 5, app(12, "Large", 0), { installedDeviceCount: 5 }, { installedDeviceCount: 2_147_483_647 }),
    ];
    editor.happen({ kind: "historyRead", generation: 1, changes: [...others, ...log], hasMore: true });
    editor.press("down");
  },
  "history-missing"(editor) {
    editor.press("h");
    editor.happen({
      kind: "historyFailed",
      generation: 1,
      failure: responded(404, { message: "Not Found" }),
    });
  },
  trends(editor) {
    editor.press("down", "down");
    editor.happen({ kind: "trendRead", appId: evil.id, trend: { changes: log, knownSince: -Infinity } });
    editor.press("right");
  },
  "trends-in-the-list"(editor) {
    editor.press("down", "down");
    editor.happen({ kind: "trendRead", appId: evil.id, trend: { changes: log, knownSince: -Infinity } });
  },
  live(editor) {
    follow(
      editor,
      logged(
        3,
        2,
        app(1, "Google 給与計算システム 2.2", 16),
        { pendingInstallUserCount: 5 },
        { pendingInstallUserCount: 4 },
      ),
    );
    follow(editor, logged(8, 1, workday, { failedDeviceCount: 7 }, { failedDeviceCount: 9 }));
  },
  "live-conflict"(editor) {
    stage(editor);
    follow(editor, logged(8, 1, evil, { failedDeviceCount: 96 }, { failedDeviceCount: 90 }));
    editor.press("up", "down");
  },
  "live-lost"(editor) {
    follow(editor, logged(8, 1, workday, { failedDeviceCount: 7 }, { failedDeviceCount: 9 }));
    editor.happen({ kind: "followed", followed: { kind: "link", link: "lost" } });
  },
  "taking-back"(editor) {
    openHistory(editor);
    editor.press("down", "u");
  },
  "conflict-table"(editor) {
    stageThree(editor);
    editor.press("R");
    const { generation } = editor.state().list;
    const read = apps.map((one) => {
      if (one.id === evil.id) return changedTo(one, { failedDeviceCount: 90, pendingInstallUserCount: 9 });
      if (one.id === workday.id)
        return changedTo(one, { notApplicableDeviceCount: 270, installedUserCount: 5 });
      return one.id === android.id ? changedTo(one, { installedDeviceCount: 3000 }) : one;
    });
    editor.happen({ kind: "pageLoaded", generation, apps: read, count: read.length });
    editor.happen({ kind: "listLoaded", generation });
    for (const effect of editor.effects()) if (effect.kind === "readChangers") sayWhoChanged(editor, effect);
  },
  drafts(editor) {
    const older = {
      ...evil,
      etag: 'W/"5"',
      installSummary: { ...evil.installSummary, failedDeviceCount: 99 },
    };
    const change = { patch: { failedDeviceCount: 3 }, etag: 'W/"7"', base: workday.installSummary };
    editor.happen({
      kind: "draftsFound",
      drafts: [
        draftOf(older, { failedDeviceCount: 8, pendingInstallUserCount: { add: -2 } }),
        draftOf(android, { notInstalledDeviceCount: { add: 5 } }),
        draftOf(
          workday,
          { failedDeviceCount: 3 },
          { change, clientRequestId: "5e551011-0000-4000-8000-000000000001", sentAt: 960_000 },
        ),
      ],
      newer: [],
      broken: [],
    });
  },
  "drafts-settled"(editor) {
    editor.happen({
      kind: "draftsFound",
      drafts: [
        sentDraft(workday, { failedDeviceCount: 3 }),
        sentDraft(android, { failedDeviceCount: 4 }),
        sentDraft(evil, { failedDeviceCount: 5 }),
        sentDraft(google, { failedDeviceCount: 6 }),
      ],
      newer: [],
      broken: [],
    });
    editor.read("draft", changedTo(workday, { failedDeviceCount: 3 }));
    editor.read("draft", android);
    editor.read("draft", changedTo(evil, { failedDeviceCount: 90 }));
    editor.happen({ kind: "readFailed", purpose: "draft", appId: google.id, failure: timedOut });
  },
  help(editor) {
    stage(editor);
    editor.press("s", "?");
  },
  "help-of-all"(editor) {
    editor.press("?", "tab");
  },
  palette(editor) {
    stage(editor);
    editor.press(":");
    editor.type("app");
    editor.press("down");
  },
  copied(editor) {
    stage(editor);
    editor.press("c", "p");
  },
  large(editor) {
    editor.press("right", "1", "enter");
  },
};

const actors = ["Ada Byron", "you", "Import of the night"];

function logged(
  version: number,
  minutesAgo: number,
  { id, displayName }: KnownApp,
  before: InstallSummaryPatch,
  after: InstallSummaryPatch,
): ListedChange {
  const actor = actors[version % 3] ?? "";
  return loggedChange({
    version,
    cursor: `${id}-${version}`,
    appId: id,
    displayName,
    // The editor's clock of these tests begins at this time.
    changedAt: new Date(1_000_000 - minutesAgo * 60_000).toISOString(),
    actor,
    origin: version === 5 ? "import" : "editor",
    ...(actor === "you" && { mine: true }),
    before,
    after,
  });
}

/** What was done to the app under the cursor after `stage` moved there: it has version 7. */
const log: readonly ListedChange[] = [
  logged(7, 10, evil, { pendingInstallUserCount: 270 }, { pendingInstallUserCount: 272 }),
  logged(
    6,
    14,
    evil,
    { failedDeviceCount: 16, pendingInstallUserCount: 272 },
    { failedDeviceCount: 96, pendingInstallUserCount: 270 },
  ),
  logged(
    5,
    26,
    evil,
    { installedDeviceCount: 2061, failedUserCount: 9, failedDeviceCount: 41, notInstalledUserCount: 1 },
    {
      installedDeviceCount: 2080,
      failedUserCount: 8,
      failedDeviceCount: 16,
      notInstalledUserCount: 68,
    },
  ),
  logged(4, 3 * 24 * 60, evil, { failedDeviceCount: 2 }, { failedDeviceCount: 41 }),
  logged(1, 19 * 24 * 60, evil, {}, { ...evil.installSummary, failedDeviceCount: 2 }),
];

/** A change is made while the editor follows the log. */
function follow(editor: EditorDriver, change: ListedChange): void {
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
}

/** A draft that was sent on version 7. */
function sentDraft(listed: KnownApp, patch: InstallSummaryPatch): FoundDraft {
  return draftOf(listed, patch, {
    change: { patch, etag: 'W/"7"', base: listed.installSummary },
    clientRequestId: "5e551011-0000-4000-8000-000000000001",
    sentAt: 960_000,
  });
}

/** Two people, an import, or one person have made the two versions between 7 and 9. */
function sayWhoChanged(editor: EditorDriver, { key, appId }: { key: string; appId: string }): void {
  const listed = apps.find(({ id }) => id === appId) ?? evil;
  const change = (version: number, actor: string, origin: ListedChange["origin"]): ListedChange => ({
    ...logged(version, 12 - version, listed, { failedDeviceCount: 1 }, { failedDeviceCount: 2 }),
    actor,
    origin,
  });
  const changes =
    appId === evil.id
      ? [change(9, "Ada Byron", "api"), change(8, "Grace Hopper", "editor")]
      : [change(9, "Ada Byron", appId === workday.id ? "import" : "api")].concat(
          change(8, "Ada Byron", appId === workday.id ? "import" : "api"),
        );
  editor.happen({ kind: "changersRead", key, changes });
}

function openHistory(editor: EditorDriver): void {
  editor.press("down", "down", "h");
  editor.happen({ kind: "historyRead", generation: 1, changes: log, hasMore: false });
  editor.happen({ kind: "trendRead", appId: evil.id, trend: { changes: log, knownSince: -Infinity } });
}

function changedTo(one: KnownApp, patch: InstallSummaryPatch): KnownApp {
  return { ...one, installSummary: applyPatch(one.installSummary, patch), etag: 'W/"9"' };
}

function draftOf(listed: KnownApp, edits: InstallSummaryEdit, pending?: SentDraft): FoundDraft {
  const draft = {
    app: listed,
    readAt: 900_000,
    edits,
    leftOut: false,
    wasOvertaken: false,
    contested: {},
    pending,
  };
  return { key: `${listed.id}.json`, savedAt: 990_000, draft };
}

/** Three apps are staged, two of one name; one change looks odd. */
function stageThree(editor: EditorDriver): void {
  stage(editor);
  editor.press("down", "down", "right", "down", "-", "5", "enter", "escape");
  editor.press("down", "right", "down", "9", "0", "0", "enter", "escape");
}

/** Failed devices of an app become 8, and the cursor is back in the list. */
function stage(editor: EditorDriver): void {
  editor.press("down", "down", "right", "8", "enter", "escape");
}
