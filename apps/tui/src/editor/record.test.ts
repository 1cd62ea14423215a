import type { CounterEdit } from "@install-summary/core";
import { describe, expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { FoundDraft } from "../changes/drafts/draft.ts";
import type { KnownApp } from "../words/known-app.ts";
import { currentApp } from "./model/app-list.ts";
import type { Size } from "./model/layout.ts";
import type { LogAnswer } from "./model/log-answer.ts";
import type { Failure } from "../server/failure.ts";
import { plainDrafts } from "./plain/draft-lines.ts";
import { wantsClock } from "./reduce.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";

// Values that are there may be someone else's. What a change log says of a change that no response confirmed is certain.

const app = (failedDeviceCount: number, version: number): KnownApp =>
  listedApp(0, "Firefox", { failedDeviceCount }, `W/"${version}"`);
const firstRequest = {
  ifMatch: 'W/"4"',
  clientRequestId: "5e551011-0000-4000-8000-000000000001",
  patch: expect.any(Object),
};

/** The editor with these keys typed on 499 failed devices of version 4, sent, and the response lost. */
function lose(...typed: readonly string[]): EditorDriver {
  const editor = driveEditor([app(499, 4), listedApp(1, "Other")]);
  editor.press("right", ...typed, "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  return editor;
}

/** The same, and the app is being read. */
function lost(...typed: readonly string[]): EditorDriver {
  const editor = lose(...typed);
  editor.wait(1);
  expect(editor.effects().at(-1)).toMatchObject({ kind: "readApp", purpose: "look", sent: firstRequest });
  return editor;
}

/** The same in the list, its outcome open. */
function open(...typed: readonly string[]): EditorDriver {
  const editor = lose(...typed);
  editor.press("escape", "escape", "escape");
  return editor;
}

function screen(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ")
    .replaceAll(/ +/g, " ");
}

function pendingOf(editor: EditorDriver): unknown {
  return editor.state().staging.apps.get(sampleId(0))?.pending;
}

/** Reads the app again, and sends what the review shows then. */
function sendAgain(editor: EditorDriver, now: KnownApp): unknown {
  editor.press("R");
  editor.read("refresh", now);
  editor.press("s", "y");
  return editor.effects().findLast(({ kind }) => kind === "sendPatch");
}

test.each<[string, Parameters<typeof responded>[1], object]>([
  ["says itself that a change was not applied: no log is asked", { notApplied: true }, {}],
  ["refuses a change and says no more: the log is asked", {}, { sent: firstRequest }],
])("a server that %s", (_what, told, asked) => {
  const editor = driveEditor([app(499, 4)]);
  editor.press("right", "8", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412, told) });
  const read = {
    kind: "readApp",
    purpose: "look",
    appId: sampleId(0),
    askedAt: expect.any(Number),
    ...asked,
  };
  expect(editor.effects().at(-1)).toEqual(read);
  // What was asked for before a later change became known is read again in the same way.
  editor.happen({
    kind: "appRead",
    purpose: "look",
    askedAt: 0,
    app: app(9, 5),
    record: undefined,
  });
  expect(editor.effects().at(-1)).toEqual(read);
});

test("an amount that never arrived is counted again where someone else has added the same", () => {
  const editor = lost("+", "5");
  editor.read("look", app(504, 5), { record: "notApplied" });
  expect(screen(editor)).toContain("1 not applied");
  expect(screen(editor)).toContain("The change log has another change in its place, so it was not applied.");
  expect(pendingOf(editor)).toBeUndefined();
  expect(sendAgain(editor, app(504, 5))).toMatchObject({
    patch: { failedDeviceCount: 509 },
    ifMatch: 'W/"5"',
    clientRequestId: "5e551011-0000-4000-8000-000000000002",
  });
});

const openText = "It may have been applied: its values are there, but the log has them by an equal change";

test("an amount beside an equal change of the same account is open, and sent again by nobody", () => {
  const editor = lost("+", "5");
  editor.read("look", app(504, 5), { record: "mayBeOwn" });
  expect(screen(editor)).toContain("may have been applied, edits wait");
  expect(screen(editor)).toContain(openText);
  expect(pendingOf(editor)).toBeDefined();
  expect(editor.state().staging.apps.get(sampleId(0))?.edits).toEqual({ failedDeviceCount: { add: 5 } });
  for (const purpose of ["refresh", "newer"] as const) {
    const read = open("+", "5");
    read.read(purpose, app(504, 5), { record: "mayBeOwn" });
    expect(read.state().notice?.text).toMatch(/^It is not known whether this was applied: version 5/);
    expect(pendingOf(read)).toBeDefined();
  }
});

test("of several changes, R is said to ask again what became of an open one, not to find it out", () => {
  const editor = driveEditor([app(499, 4), listedApp(1, "Other")]);
  editor.press("right", "+", "5", "enter", "escape", "down", "right", "8", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.wait(1);
  editor.read("look", app(504, 5), { record: "mayBeOwn" });
  editor.happen({ kind: "patchFailed", appId: sampleId(1), failure: responded(403) });
  expect(screen(editor)).toContain("? 1 not confirmed R asks again what became of them");
});

test("a value beside an equal change of the same account is there, and an amount whose values are gone is kept as they were sent", () => {
  const editor = lost("8");
  editor.read("look", app(8, 5), { record: "mayBeOwn" });
  expect(editor.state().staging.apps.size).toBe(0);
  expect(screen(editor)).toContain("though they may be");
  const gone = lost("+", "5");
  gone.read("look", app(9, 6), { record: "mayBeOwn" });
  expect(gone.state().staging.apps.get(sampleId(0))).toMatchObject({
    edits: { failedDeviceCount: 504 },
    wasOvertaken: true,
  });
});

test("a draft with an amount beside an equal change of the same account is told as open, and comes back as it was sent", () => {
  const editor = findSent(app(504, 5), { record: "mayBeOwn" });
  expect(screen(editor)).toContain("may have been applied");
  bringBack(editor);
  expect(pendingOf(editor)).toBeDefined();
  editor.read("refresh", app(504, 5), { record: "mayBeOwn" });
  expect(pendingOf(editor)).toBeDefined();
  expect(editor.state().notice?.text).toMatch(/^It is not known whether this was applied/);
});

test("a value that never arrived is a conflict, and nothing is left to send where it is there already", () => {
  const editor = lost("8");
  editor.read("look", app(9, 5), { record: "notApplied" });
  expect(screen(editor)).toContain("1 not applied");
  expect(editor.state().staging.apps.get(sampleId(0))?.edits).toEqual({ failedDeviceCount: 8 });

  const same = lost("8");
  same.read("look", app(8, 5), { record: "notApplied" });
  expect(same.state().staging.apps.size).toBe(0);
  expect(screen(same)).toContain("these values are there, and nothing is left to send.");
  same.press("c");
  expect(same.state().notice?.text).toBe("No change was applied: there is nothing to undo.");
});

test("a change that was applied and changed since is sent, and no command undoes it", () => {
  const editor = lost("+", "5");
  editor.read("look", app(499, 6), { record: "applied" });
  expect(editor.state().staging.apps.size).toBe(0);
  expect(screen(editor)).toContain("1 sent");
  expect(screen(editor)).toContain("No response came in time. The change was applied. Since then");
  expect(screen(editor)).toContain("version 6 is there now.");
  expect(screen(editor)).toContain("failed devices 504, changed since");
  editor.press("c");
  expect(editor.state().notice?.text).toBe(
    "The same counters were changed since: u takes back what is left of it.",
  );
});

test("u takes back what others have left of a change that the log has, and names the rest", () => {
  const editor = driveEditor([app(499, 4)]);
  editor.press("right");
  editor.happen({ kind: "paste", text: '{"failedDeviceCount":504,"failedUserCount":77}' });
  editor.press("s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.wait(1);
  const { failedUserCount } = app(499, 4).installSummary;
  const now = listedApp(0, "Firefox", { failedDeviceCount: 300, failedUserCount: 77 }, 'W/"8"');
  editor.read("look", now, { record: "applied" });
  expect(screen(editor)).toContain(
    "Since then some of the same counters have changed: version 8 is there now.",
  );
  expect(screen(editor)).toContain("u takes back what is left of it.");
  editor.press("u");
  expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
    edits: { failedUserCount },
    takesBack: { version: 5 },
  });
  expect(editor.state().notice?.text).toContain("Left out: failed devices, changed since.");
});

test.each<[string, KnownApp, "applied" | undefined, string]>([
  ["the values alone tell, as the next version", app(504, 5), undefined, "takes back version 5"],
  ["the values alone tell, as a later version", app(504, 6), undefined, "takes back what was sent"],
  ["the log tells, behind a later version", app(504, 6), "applied", "takes back version 5"],
])("the review of an undo names no version of someone else: %s", (_what, now, record, text) => {
  for (const key of ["u", "U"]) {
    const editor = lost("+", "5");
    editor.read("look", now, { record });
    editor.press(key);
    expect(screen(editor)).toContain(text);
    expect(screen(editor).includes("may be someone else's")).toBe(record === undefined);
  }
});

test("the review of an undo names no version of someone else: a request that arrived twice", () => {
  const editor = driveEditor([app(499, 4)]);
  editor.press("right", "+", "5", "enter", "s", "y");
  const now = app(504, 6);
  editor.happen({
    kind: "patchAcknowledged",
    appId: sampleId(0),
    summary: now.installSummary,
    etag: now.etag,
  });
  editor.press("u");
  expect(screen(editor)).toContain("takes back what was sent");
});

test.each([
  ["whole", 300, "Nothing to take back: other values were set since."],
  ["to what it was before", 499, "Nothing to take back: the earlier values are there already."],
])("u says why nothing is left of a change that was overwritten %s", (_what, now, text) => {
  const editor = lost("+", "5");
  editor.read("look", app(now, 8), { record: "applied" });
  for (const key of ["u", "U"]) {
    editor.press(key);
    expect(editor.state().notice).toEqual({ tone: "wrong", text });
  }
});

test("u does not say of a change that may have been applied that it was not", () => {
  const editor = lost("+", "5");
  editor.read("look", app(300, 8));
  editor.press("u");
  expect(editor.state().notice?.text).toBe(
    "It is open whether this was applied: there is nothing to take back.",
  );
  editor.press("C");
  expect(editor.state().notice?.text).toBe("No change is known to be applied: there is nothing to undo.");
});

test("a change whose values are there, and that the log has, can be undone as any other", () => {
  const editor = lost("+", "5");
  editor.read("look", app(504, 6), { record: "applied" });
  expect(screen(editor)).toContain("Reading it again shows: the change was applied.");
  editor.press("c");
  expect(editor.effects().at(-1)).toMatchObject({
    text: `install-summary set ${sampleId(0)} failed=499 --if-match 'W/"6"'`,
  });
});

test("R and a newer version that is seen settle it by the log too", () => {
  for (const purpose of ["refresh", "newer"] as const) {
    const editor = open("+", "5");
    editor.read(purpose, app(504, 5), { record: "notApplied" });
    expect(editor.state().notice?.text).toMatch(/^Not applied: another change came first\./);
    expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
      app: { etag: 'W/"5"' },
      edits: { failedDeviceCount: { add: 5 } },
      pending: undefined,
      wasOvertaken: false,
    });

    const since = open("+", "5");
    since.read(purpose, app(499, 6), { record: "applied" });
    expect(since.state().notice?.text).toContain("Applied, but its counters were changed since:");
    expect(since.state().staging.apps.size).toBe(0);
  }
});

test("a page of the list says nothing of it: the app is read alone, before its edits move", () => {
  const editor = open("+", "5");
  editor.press("end", "R");
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: [app(504, 5), listedApp(1, "Other")], count: 2 });
  editor.happen({ kind: "listLoaded", generation });
  expect(pendingOf(editor)).toBeDefined();
  expect(editor.state().list.apps[0]?.etag).toBe('W/"4"');
  expect(editor.effects()).toContainEqual(
    expect.objectContaining({ kind: "readApp", purpose: "refresh", sent: firstRequest }),
  );
  editor.read("refresh", app(504, 5), { record: "notApplied" });
  expect(pendingOf(editor)).toBeUndefined();
  expect(editor.state().list.apps[0]?.etag).toBe('W/"5"');
  expect(sendAgain(editor, app(504, 5))).toMatchObject({ patch: { failedDeviceCount: 509 } });
});

test("a change that a page of the list leaves open is looked up again where reading its app fails", () => {
  const editor = open("+", "5");
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  editor.happen({ kind: "followed", followed: { kind: "gap" } });
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: [app(504, 5), listedApp(1, "Other")], count: 2 });
  editor.happen({ kind: "listLoaded", generation });
  const isAsked = (): boolean =>
    editor.effects().some((effect) => effect.kind === "readApp" && effect.purpose === "newer");
  expect(isAsked()).toBe(true);
  for (const [failure, seconds] of [
    [timedOut, 1],
    [responded(503), 2],
  ] as const) {
    editor.happen({ kind: "readFailed", purpose: "newer", appId: sampleId(0), failure });
    expect(wantsClock(editor.state())).toBe(true);
    editor.wait(seconds - 1);
    expect(isAsked()).toBe(false);
    editor.wait(1);
    expect(isAsked()).toBe(true);
    expect(wantsClock(editor.state())).toBe(false);
  }
  editor.read("newer", app(504, 5), { record: "notApplied" });
  expect(pendingOf(editor)).toBeUndefined();
  expect(editor.state().list.apps[0]?.etag).toBe('W/"5"');
  expect(editor.state().live.unread.size).toBe(0);
});

test("reading a newer version that is refused is not tried again", () => {
  const editor = open("+", "5");
  editor.happen({ kind: "readFailed", purpose: "newer", appId: sampleId(0), failure: responded(404) });
  expect(editor.state().live.unread.size).toBe(0);
});

/** Two apps with +5 whose responses were lost, which R in the list has asked for. */
function openTwo(): { readonly editor: EditorDriver; readonly made: readonly KnownApp[] } {
  const others = [1, 2].map((index) => listedApp(index, `Other ${index}`, { failedDeviceCount: 16 }));
  const editor = driveEditor([app(499, 4), ...others]);
  editor.press("right", "+", "5", "enter", "escape", "down", "right", "+", "5", "enter", "s", "y");
  for (const index of [0, 1]) {
    editor.happen({ kind: "patchFailed", appId: sampleId(index), failure: timedOut });
  }
  editor.press("escape", "escape", "escape", "end", "R");
  const { generation } = editor.state().list;
  const made = [app(504, 5), listedApp(1, "Other 1", { failedDeviceCount: 21 }, 'W/"8"')];
  editor.effects();
  editor.happen({ kind: "pageLoaded", generation, apps: [...made, ...others.slice(1)], count: 3 });
  const asked = editor.effects().flatMap((effect) => (effect.kind === "readApp" ? [effect.purpose] : []));
  expect(asked).toEqual(["refresh", "refresh"]);
  editor.happen({ kind: "listLoaded", generation });
  return { editor, made };
}

test("of several that R in the list settles, what all of them came to is told", () => {
  const { editor, made } = openTwo();
  for (const one of made) editor.read("refresh", one, { record: "applied" });
  expect(editor.state().notice?.text).toMatch(/^2 changes applied: /);
});

test("of several that R in the list settles, those whose counters were changed since are told as that", () => {
  const { editor, made } = openTwo();
  const [first, second] = made;
  if (first === undefined || second === undefined) throw new Error("There are two apps.");
  editor.read("refresh", app(900, 6), { record: "applied" });
  editor.read("refresh", second, { record: "applied" });
  expect(editor.state().notice?.text).toBe(
    "1 change applied, but its counters were changed since; 1 change applied: Firefox · Windows, Other 1 · Android.",
  );
  const both = openTwo().editor;
  both.read("refresh", app(900, 6), { record: "applied" });
  both.read("refresh", listedApp(1, "Other 1", { failedDeviceCount: 901 }, 'W/"9"'), { record: "applied" });
  expect(both.state().notice?.text).toMatch(
    /^2 changes applied, but their counters were changed since: Firefox · Windows, Other 1/,
  );
});

test("a newer version that comes between them is told with them, and on its own once a key was pressed", () => {
  const { editor, made } = openTwo();
  const [first, second] = made;
  if (first === undefined || second === undefined) throw new Error("There are two apps.");
  editor.read("refresh", first, { record: "applied" });
  editor.read("newer", second, { record: "notApplied" });
  expect(editor.state().notice?.text).toMatch(/^1 change not applied, edits kept; 1 change applied: /);

  const alone = openTwo();
  // The app under the cursor is read too.
  for (const index of [0, 1, 2]) {
    const appId = sampleId(index);
    alone.editor.happen({ kind: "readFailed", purpose: "refresh", appId, failure: timedOut });
  }
  alone.editor.press("up");
  alone.editor.read("newer", second, { record: "applied" });
  expect(alone.editor.state().notice?.text).toMatch(/^Applied: /);
});

test("of several that are settled in a row, while nobody presses a key, none takes the place of another", () => {
  const { editor, made } = openTwo();
  const [first, second] = made;
  if (first === undefined || second === undefined) throw new Error("There are two apps.");
  for (const index of [0, 1, 2]) {
    const appId = sampleId(index);
    editor.happen({ kind: "readFailed", purpose: "refresh", appId, failure: timedOut });
  }
  editor.press("up");
  editor.read("newer", first, { record: "notApplied" });
  expect(editor.state().notice?.text).toMatch(/^Not applied: /);
  editor.read("newer", second, { record: "applied" });
  expect(editor.state().notice).toEqual({
    text: "1 change not applied, edits kept; 1 change applied: Firefox · Windows, Other 1 · Android.",
    tone: "wrong",
  });
});

test("that several were not applied is told, and is wrong", () => {
  const { editor, made } = openTwo();
  for (const one of made) editor.read("refresh", one, { record: "notApplied" });
  expect(editor.state().notice).toEqual({
    text: "2 changes not applied, edits kept: Firefox · Windows, Other 1 · Android.",
    tone: "wrong",
  });
});

test("where the log tells nothing the values do, as with a server that has none, and the results say so", () => {
  const editor = lost("+", "5");
  editor.read("look", app(504, 5));
  expect(editor.state().staging.apps.size).toBe(0);
  expect(screen(editor)).toContain("the change counts as applied, though they may be someone else's.");
});

test("a 412 that tells nothing more is settled by the log as well", () => {
  for (const [record, end] of [
    ["applied", "1 sent"],
    ["notApplied", "1 not applied"],
  ] as const) {
    const editor = driveEditor([app(499, 4)]);
    editor.press("right", "+", "5", "enter", "s", "y");
    editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
    editor.read("look", app(504, 5), { record });
    expect(screen(editor)).toContain(end);
  }
});

const failed = responded(500, { message: "It failed." });

test("what a log that could not be asked leaves open is asked again by the sending itself", () => {
  const editor = lost("+", "5");
  editor.read("look", app(504, 5), { unread: failed });
  expect(pendingOf(editor)).toBeDefined();
  editor.wait(60);
  expect(editor.effects().at(-1)).toMatchObject({ purpose: "look", sent: firstRequest });
  editor.read("look", app(504, 5), { record: "notApplied" });
  expect(sendAgain(editor, app(504, 5))).toMatchObject({ patch: { failedDeviceCount: 509 } });
});

test.each([
  ["8", 8, ["8"]],
  ["+5", 504, ["+", "5"]],
] as const)("%s is settled by no values while the log cannot be asked", (_what, there, typed) => {
  for (const now of [there, 900]) {
    const editor = lost(...typed);
    editor.read("look", app(now, 5), { unread: responded(403) });
    expect(screen(editor)).toContain("It may have been applied. The change log could not be read: ");
    editor.press("escape", "escape", "escape");
    for (const purpose of ["refresh", "newer"] as const) {
      editor.read(purpose, app(now, purpose === "refresh" ? 5 : 6), { unread: failed });
      expect(editor.state().notice?.text).toMatch(
        /^It is not known whether this was applied: the change log could not be read\. R asks it again\..*It failed/,
      );
      expect(pendingOf(editor)).toBeDefined();
    }
    editor.effects();
    editor.press("R");
    expect(editor.effects()).toContainEqual(expect.objectContaining({ sent: firstRequest }));
    editor.read("refresh", app(now, 6), { record: "applied" });
    expect(editor.state().staging.apps.size).toBe(0);
  }
});

test("a change that was refused with 412 alone needs no log", () => {
  const editor = driveEditor([app(499, 4)]);
  editor.press("right", "+", "5", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
  editor.read("look", app(600, 5), { unread: failed });
  expect(sendAgain(editor, app(600, 5))).toMatchObject({ patch: { failedDeviceCount: 605 } });
});

test("what others overtook moves onto what is read, whatever the log says", () => {
  const editor = lost("+", "5");
  editor.read("look", app(9, 6));
  editor.press("escape", "escape", "escape", "R");
  editor.read("refresh", app(10, 7), { unread: failed });
  expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
    app: { etag: 'W/"7"' },
    edits: { failedDeviceCount: 504 },
    overtaken: { clientRequestId: firstRequest.clientRequestId },
  });
});

test("a draft is not told as applied while the log cannot be asked, and comes back as it was sent", () => {
  const editor = findSent(app(504, 5), { unread: failed });
  expect(screen(editor)).toContain("not read");
  expect(screen(editor)).toContain("It failed.");
  expect(screen(editor)).not.toContain("was applied");
  editor.press("R");
  expect(editor.effects()).toContainEqual(expect.objectContaining({ purpose: "draft", sent: firstRequest }));
  editor.read("draft", app(504, 5), { unread: failed });
  bringBack(editor);
  expect(pendingOf(editor)).toBeDefined();
  editor.read("refresh", app(504, 5), { unread: failed });
  expect(pendingOf(editor)).toBeDefined();
  editor.read("refresh", app(504, 5), { record: "notApplied" });
  expect(pendingOf(editor)).toBeUndefined();
  expect(editor.state().staging.apps.get(sampleId(0))).toMatchObject({
    edits: { failedDeviceCount: { add: 5 } },
  });
});

/** The editor that finds +5 on version 4 as a draft that was sent, and reads its app. */
function findSent(
  now: KnownApp,
  answer: LogAnswer | { readonly failure: Failure },
  others: readonly KnownApp[] = [],
  size?: Size,
  edit: CounterEdit = { add: 5 },
): EditorDriver {
  const editor = driveEditor([...others, now], size);
  const base = app(499, 4);
  const change = { patch: { failedDeviceCount: 504 }, etag: base.etag, base: base.installSummary };
  const found: FoundDraft = {
    key: "sent",
    savedAt: 2,
    draft: {
      app: base,
      readAt: 1,
      edits: { failedDeviceCount: edit },
      leftOut: false,
      wasOvertaken: false,
      contested: {},
      pending: { change, clientRequestId: firstRequest.clientRequestId, sentAt: 1 },
    },
  };
  editor.effects();
  editor.happen({ kind: "draftsFound", drafts: [found], newer: [], broken: [] });
  expect(editor.effects()).toMatchObject([{ kind: "readApp", purpose: "draft", sent: firstRequest }]);
  if ("failure" in answer)
    editor.happen({ kind: "readFailed", purpose: "draft", appId: now.id, failure: answer.failure });
  else editor.read("draft", now, answer);
  return editor;
}

function bringBack(editor: EditorDriver): void {
  const { draft } = editor.state().drafts.found[0] ?? {};
  editor.press("enter");
  const keys = editor.draftKeys("claimDrafts");
  editor.happen({
    kind: "draftsClaimed",
    drafts: draft === undefined ? [] : [draft],
    keys,
    reason: undefined,
  });
}

test("a draft that was sent and is ruled out comes back as one that was never sent", () => {
  const editor = findSent(app(504, 5), { record: "notApplied" });
  expect(screen(editor)).toContain("version 4, now 5");
  expect(screen(editor)).not.toContain("applied");
  bringBack(editor);
  expect(editor.state().notice?.text).toMatch(/^Not applied: another change came first\./);
  editor.press("s", "y");
  expect(editor.effects().findLast(({ kind }) => kind === "sendPatch")).toMatchObject({
    patch: { failedDeviceCount: 509 },
    ifMatch: 'W/"5"',
  });
});

test("a draft that is ruled out is thrown away without a warning", () => {
  const editor = findSent(app(504, 5), { record: "notApplied" });
  editor.press("x", "y");
  expect(editor.state().notice?.text).toBe("1 draft was thrown away.");
});

test("a draft that was applied and changed since has nothing left to send", () => {
  const editor = findSent(app(499, 6), { record: "applied" });
  expect(screen(editor)).toMatch(/sent \S+, applied ✓/);
  bringBack(editor);
  expect(editor.state().staging.apps.size).toBe(0);
  expect(editor.state().notice?.text).toContain("Applied, but its counters were changed since:");
});

test.each([
  ["is there", app(504, 5), /c on this app copies the undo command\. \(Firefox · Windows \(00000000\)\)/],
  [
    "was changed since",
    app(499, 6),
    /its counters were changed since: version 6 is there now\. \(Firefox · Windows \(00000000\)\)/,
  ],
])(
  "a draft that was applied, and %s, is named whole in the smallest window, and the person is on its app",
  (_, now, text) => {
    const editor = findSent(
      now,
      { record: "applied" },
      [listedApp(1, "Other", { failedDeviceCount: 9000 })],
      small,
    );
    bringBack(editor);
    expect(currentApp(editor.state().list)?.id).toBe(now.id);
    expect(screen(editor)).toMatch(text);
  },
);

test("a version whose counters are those of the one before is not said to have others", () => {
  const editor = lost("+", "5");
  editor.read("look", app(499, 6));
  expect(screen(editor)).toContain(
    "version 6 is there now, these edits are on version 4. Its values are those of version 4.",
  );
  expect(screen(editor)).not.toContain("Only other counters");

  const refused = driveEditor([app(499, 4)]);
  refused.press("right", "+", "5", "enter", "s", "y");
  refused.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
  refused.read("look", app(499, 6));
  expect(screen(refused)).toContain("changed and changed back");
});

/** Where the values of a change are there, and what is said beside them where no log says whose they are. */
const others = "though they may be someone else's";
const undoTitle = "Copied: the command that undoes your last change of this app";

describe.each([
  ["the log has the change", { record: "applied" }, "Applied: version 5 has your change. "],
  ["there is no log", {}, `Counts as applied: version 5 has your values, ${others}. `],
  [
    "the log has an equal change of the account",
    { record: "mayBeOwn" },
    `Counts as applied: version 5 has your values, ${others}. `,
  ],
] as const)("the values of a change are there, and %s", (_what, answer, says) => {
  const isCertain = "record" in answer && answer.record === "applied";

  /** What `c` copies in the list says whether it may undo someone else's change. */
  function expectUndo(editor: EditorDriver): void {
    editor.press("c");
    expect(screen(editor)).toContain(
      isCertain ? `${undoTitle}.` : `${undoTitle}, which may be someone else's.`,
    );
    expect(editor.effects().findLast(({ kind }) => kind === "copy")).toMatchObject({
      text: expect.stringContaining(`failed=499 --if-match 'W/"5"'`),
    });
  }

  test("R in the list", () => {
    const editor = open("8");
    editor.press("R");
    editor.read("refresh", app(8, 5), answer);
    expect(editor.state().notice?.text).toBe(
      `${says}c copies the undo command. (Firefox · Windows (00000000))`,
    );
    expectUndo(editor);
  });

  test("a live change", () => {
    const editor = open("8");
    editor.read("newer", app(8, 5), answer);
    expect(editor.state().notice?.text).toContain(says);
  });

  test("the results, their table and what undoes it", () => {
    const editor = lost("8");
    editor.read("look", app(8, 5), answer);
    expect(screen(editor)).toMatch(
      isCertain ? /✓ Failed devices .* 8 8 applied/ : /= Failed devices .* 8 8 there/,
    );
    expect(screen(editor).includes(others)).toBe(!isCertain);
    editor.press("c");
    const title = "Copied: the command that undoes the sent change";
    expect(screen(editor)).toContain(isCertain ? `${title}.` : `${title}, which may be someone else's.`);
  });

  test("a draft, on the screen and in lines, and what Enter and c say", () => {
    // An amount stays open where the log has an equal change.
    const editor = findSent(app(504, 5), answer, [], undefined, 504);
    expect(screen(editor)).toMatch(isCertain ? /sent \S+, applied ✓/ : /sent \S+, values there \?/);
    expect(screen(editor)).toContain(
      isCertain
        ? "✓ was applied: nothing is left to send."
        : `? values there: it counts as applied, ${others}.`,
    );
    const [, line] = plainDrafts(editor.state(), unicodeGlyphs);
    expect(line).toMatch(
      isCertain
        ? /sent \S+, applied: failed/
        : /values there, so it counts as applied, though they may be someone else's: failed/,
    );
    bringBack(editor);
    expect(editor.state().staging.apps.size).toBe(0);
    expect(editor.state().notice?.text).toContain(says);
    expectUndo(editor);
  });
});

test("of several whose values are there it is said how many may be someone else's", () => {
  const { editor, made } = openTwo();
  for (const one of made) editor.read("refresh", one);
  expect(editor.state().notice?.text).toBe(
    "2 changes count as applied, though their values may be someone else's: Firefox · Windows, Other 1 · Android.",
  );
});

test.each([
  ["the app", { failure: failed }, "not read ?", "Not read: "],
  ["the log", { unread: failed }, "log not read ?", "The change log could not be read: "],
])("a draft says that %s could not be read", (_what, answer, words, note) => {
  const editor = findSent(app(504, 5), answer);
  expect(screen(editor)).toContain(words);
  expect(screen(editor)).toContain(note);
  const lines = plainDrafts(editor.state(), unicodeGlyphs).join(" ");
  expect(lines).toContain(`${words.replace(" ?", "")}: failed devices`);
  expect(lines).toContain(note);
});

const refused = responded(403);

test.each([
  ["the app", { failure: refused }, "It may have been applied. Reading it again failed: "],
  ["the log", { unread: refused }, "It may have been applied. The change log could not be read: "],
])("the results say that %s could not be read", (_what, answer, text) => {
  const editor = lost("+", "5");
  if ("failure" in answer)
    editor.happen({ kind: "readFailed", purpose: "look", appId: sampleId(0), failure: answer.failure });
  else editor.read("look", app(504, 5), answer);
  expect(screen(editor)).toContain(text);
  expect(screen(editor)).toContain("R asks again what became of it.");
});
