import type { InstallSummaryPatch } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { converseWith } from "../../test/converse.ts";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { KnownApp } from "../words/known-app.ts";
import type { Effect } from "./model/effect.ts";
import { requestsOf } from "./model/review.ts";

// Others set the value that is staged, in every way in which the editor can hear of it.

const payroll = listedApp(0, "Payroll", { failedDeviceCount: 41, notApplicableDeviceCount: 3 });
const name = "(Payroll · Windows (00000000))";

/** The app as others have left it. */
function version(number: number, counters: InstallSummaryPatch): KnownApp {
  const summary = { failedDeviceCount: 41, notApplicableDeviceCount: 3, ...counters };
  return listedApp(0, "Payroll", summary, `W/"${number}"`);
}

/** An editor with 8 failed devices staged, and 5 not applicable devices where `both`. */
function stagedEditor(both = false): EditorDriver {
  const editor = driveEditor([payroll]);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  editor.press("right", "8", "enter");
  // Enter has gone down to not applicable devices.
  if (both) editor.press("5", "enter");
  return editor;
}

function see(editor: EditorDriver, number: number, before: number, after: number): void {
  const change: ListedChange = loggedChange({
    version: number,
    before: { failedDeviceCount: before },
    after: { failedDeviceCount: after },
  });
  editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
}

function staged(editor: EditorDriver): readonly unknown[] {
  return [...editor.state().staging.apps.values()].map(({ edits }) => edits);
}

function text(editor: EditorDriver): string | undefined {
  return editor.state().notice?.text;
}

function readList(editor: EditorDriver, app: KnownApp): void {
  const { generation } = editor.state().list;
  editor.happen({ kind: "pageLoaded", generation, apps: [app], count: 1 });
  editor.happen({ kind: "listLoaded", generation });
}

test("live, what is staged stays when others set the same, also when they take it back or set another value", () => {
  const editor = stagedEditor();
  see(editor, 8, 41, 8);
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8 }]);
  expect(text(editor)).toBe("Staged: failed devices 41 → 8 (−33).");
  expect(editor.disk().get(payroll.id)).toContain('"failedDeviceCount":8');
  see(editor, 9, 8, 41);
  expect(editor.state().staging.apps.get(payroll.id)?.app.etag).toBe('W/"9"');
  see(editor, 10, 41, 30);
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8 }]);
  editor.press("s", "R");
  editor.read("refresh", version(10, { failedDeviceCount: 30 }));
  expect(editor.state().screen.name).toBe("conflict");
});

test("a newer version that is read without the person, and one on a page, leave it too", () => {
  const editor = stagedEditor();
  see(editor, 9, 7, 8);
  editor.read("newer", version(9, { failedDeviceCount: 8 }));
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8 }]);
  const again = stagedEditor();
  again.happen({ kind: "followed", followed: { kind: "gap" } });
  readList(again, version(9, { failedDeviceCount: 8 }));
  expect(staged(again)).toEqual([{ failedDeviceCount: 8 }]);
});

test("after that the review sends nothing of it until R reads it, and R says what is there", () => {
  const editor = stagedEditor();
  see(editor, 8, 41, 8);
  editor.press("s");
  expect(requestsOf(editor.state())).toEqual([]);
  expect(drawEditor(editor.state()).join("\n")).toContain("version 8 is there now");
  editor.press("R");
  editor.read("refresh", version(8, { failedDeviceCount: 8 }));
  expect(staged(editor)).toEqual([]);
  expect(text(editor)).toBe(`The values are there already, as version 8: nothing is left to send. ${name}`);
});

const whole = `The values are there already, as version 9: nothing is left to send. ${name}`;
const part = `Read again: version 9 has your failed devices already; your other edits are kept. ${name}`;

test.each([
  ["of the list", false, ["escape"], whole],
  ["of the list", true, ["escape"], part],
  ["of the app", false, [], whole],
  ["of the app", true, [], part],
  ["in the review", false, ["s"], whole],
  ["in the review", true, ["s"], part],
] as const)("R %s tells what is there, two counters %s, and u brings it back", (_, both, keys, told) => {
  const editor = stagedEditor(both);
  const before = staged(editor);
  editor.press(...keys, "R");
  const newer = version(9, { failedDeviceCount: 8 });
  if (editor.state().list.loading === undefined) editor.read("refresh", newer);
  else readList(editor, newer);
  expect(text(editor)).toBe(told);
  expect(staged(editor)).toEqual(both ? [{ notApplicableDeviceCount: 5 }] : []);
  expect(editor.disk().has(payroll.id)).toBe(both);
  see(editor, 10, 8, 41);
  expect(text(editor)).not.toMatch(/^Reverted/);
  editor.press("u");
  expect(staged(editor)).toEqual(before);
  expect(text(editor)).toContain("Undone: failed devices.");
  expect(editor.disk().get(payroll.id)).toContain('"failedDeviceCount":8');
  editor.press("ctrl-r");
  expect(staged(editor)).toEqual(both ? [{ notApplicableDeviceCount: 5 }] : []);
});

test("an edit that is made after R in the list, and by others too, stays until R is asked again", () => {
  const editor = driveEditor([payroll]);
  editor.happen({ kind: "followed", followed: { kind: "link", link: "live" } });
  editor.press("R");
  const { generation } = editor.state().list;
  editor.press("right", "8", "enter");
  see(editor, 8, 41, 8);
  editor.happen({ kind: "pageLoaded", generation, apps: [payroll], count: 1 });
  editor.happen({ kind: "listLoaded", generation });
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8 }]);
  expect(editor.disk().has(payroll.id)).toBe(true);
  editor.press("escape", "R");
  readList(editor, version(8, { failedDeviceCount: 8 }));
  expect(staged(editor)).toEqual([]);
  expect(text(editor)).toContain("The values are there already, as version 8");
});

/** Responds to what was asked of the app, as a server does that responds late. */
function respond(editor: EditorDriver, app: KnownApp, asked: readonly Effect[]): void {
  const reading = asked.find((effect) => effect.kind === "readApp");
  if (reading === undefined) throw new Error("nothing was asked");
  const { purpose, askedAt, edits } = reading;
  editor.read(purpose, app, { askedAt, edits });
}

const typedSince = `Read again: version 9 has what you typed meanwhile. All edits of this app stay as they are until R reads once more. ${name}`;

test.each([
  ["of the app", ["right"], []],
  ["of the list", [], ["right"]],
] as const)("an edit that is typed after R %s has asked stays, and says so", (_, before, after) => {
  const editor = driveEditor([payroll]);
  editor.press(...before, "R");
  const asked = editor.effects();
  editor.press(...after);
  while (editor.state().counter !== "failedDeviceCount") editor.press("down");
  editor.press("8", "enter");
  const newer = version(9, { failedDeviceCount: 8 });
  respond(editor, newer, asked);
  expect(text(editor)).toBe(typedSince);
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8 }]);
  expect(editor.disk().has(payroll.id)).toBe(true);
  if (editor.state().list.loading !== undefined) readList(editor, newer);
  expect(text(editor)).toBe(typedSince);
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8 }]);
  editor.effects();
  editor.press("s", "R");
  respond(editor, newer, editor.effects());
  expect(staged(editor)).toEqual([]);
  expect(text(editor)).toBe(whole);
});

test("what was typed before R is taken in, also where another counter is typed meanwhile", () => {
  const editor = stagedEditor();
  editor.press("R");
  const asked = editor.effects();
  editor.press("5", "enter");
  respond(editor, version(9, { failedDeviceCount: 8 }), asked);
  expect(staged(editor)).toEqual([{ notApplicableDeviceCount: 5 }]);
  expect(text(editor)).toBe(part);
});

test("another number on a counter that R has read stays too", () => {
  const editor = stagedEditor();
  editor.press("R");
  const asked = editor.effects();
  while (editor.state().counter !== "failedDeviceCount") editor.press("up");
  editor.press("9", "enter");
  respond(editor, version(9, { failedDeviceCount: 9 }), asked);
  expect(staged(editor)).toEqual([{ failedDeviceCount: 9 }]);
  expect(text(editor)).toBe(typedSince);
});

test("a reading that is asked for once more, as a newer one came before it, keeps what was typed since the first", () => {
  const editor = stagedEditor();
  editor.press("R");
  const asked = editor.effects();
  editor.press("5", "enter");
  see(editor, 8, 41, 40);
  respond(editor, payroll, asked);
  const again = editor.effects();
  respond(editor, version(9, { failedDeviceCount: 40, notApplicableDeviceCount: 5 }), again);
  expect(text(editor)).toBe(typedSince);
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8, notApplicableDeviceCount: 5 }]);
});

test("where a log tells that what was sent was applied, what was typed after R has asked stays as well", () => {
  const editor = stagedEditor();
  editor.press("s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.wait(1);
  editor.read("look", version(9, { failedDeviceCount: 70 }));
  editor.press("escape", "escape", "right");
  editor.effects();
  editor.press("R");
  const asked = editor.effects();
  while (editor.state().counter !== "notApplicableDeviceCount") editor.press("down");
  editor.press("5", "enter");
  const reading = asked.find((effect) => effect.kind === "readApp");
  editor.read("refresh", version(10, { failedDeviceCount: 8, notApplicableDeviceCount: 5 }), {
    edits: reading?.edits,
    record: "applied",
  });
  expect(staged(editor)).toEqual([{ notApplicableDeviceCount: 5 }]);
  expect(text(editor)).toMatch(/^Applied: version 10 has your change\. c copies the undo command\./);
});

test("what was undone before R has found a value there is not redone with it", () => {
  const editor = stagedEditor(true);
  editor.press("u", "R");
  editor.read("refresh", version(9, { failedDeviceCount: 8 }));
  expect(staged(editor)).toEqual([]);
  editor.press("ctrl-r");
  expect(staged(editor)).toEqual([]);
  expect(text(editor)).toBe("Nothing to redo.");
  editor.press("u");
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8 }]);
});

test("where both have changed another counter, the table opens and the message says what is there", () => {
  const editor = stagedEditor(true);
  editor.press("R");
  editor.read("refresh", version(9, { failedDeviceCount: 8, notApplicableDeviceCount: 4 }));
  expect(editor.state().screen.name).toBe("conflict");
  expect(text(editor)).toBe(part);
});

test("R of several apps counts those of which some values are there", () => {
  const other = listedApp(1, "Outlook", { failedDeviceCount: 16 });
  const editor = driveEditor([payroll, other]);
  editor.press("right", "8", "enter", "7", "enter", "escape", "down", "right", "9", "enter", "escape", "R");
  const { generation } = editor.state().list;
  const newer = [
    version(9, { failedDeviceCount: 8 }),
    listedApp(1, "Outlook", { failedDeviceCount: 16, notApplicableDeviceCount: 77 }, 'W/"9"'),
  ];
  editor.happen({ kind: "pageLoaded", generation, apps: newer, count: 2 });
  editor.happen({ kind: "listLoaded", generation });
  expect(text(editor)).toBe(
    "1 app has some of your values already, other edits kept; 1 staged app changed meanwhile, edits kept: Payroll · Windows, Outlook · Android.",
  );
});

test("after a 412 of which a part is there already, R in the results says so", () => {
  const editor = stagedEditor(true);
  editor.press("s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(412) });
  editor.read("look", version(9, { failedDeviceCount: 8 }));
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8, notApplicableDeviceCount: 5 }]);
  editor.press("R");
  editor.read("refresh", version(9, { failedDeviceCount: 8 }));
  expect(text(editor)).toBe(part);
  editor.press("escape", "u");
  expect(staged(editor)).toEqual([{ failedDeviceCount: 8, notApplicableDeviceCount: 5 }]);
});

test("a change that the log rules out keeps what is not there, and says what is", () => {
  const editor = stagedEditor(true);
  editor.press("s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.press("escape");
  editor.press("R");
  editor.read("refresh", version(9, { failedDeviceCount: 8 }), { record: "notApplied" });
  expect(text(editor)).toBe(
    `Not applied: another change came first. Version 9 has your failed devices already; your other edits are kept. ${name}`,
  );
  expect(staged(editor)).toEqual([{ notApplicableDeviceCount: 5 }]);
});

const hasMet = "Version 9 has your not applicable devices already";

test.each([
  ["applied", 8, false, `Applied: version 9 has your change. ${hasMet}. c copies the undo command. ${name}`],
  [
    "applied",
    8,
    true,
    `Applied: version 9 has your change. ${hasMet}; your other edits are kept. c copies the undo command. ${name}`,
  ],
  ["applied", 70, false, `Applied, but its counters were changed since. ${hasMet}. ${name}`],
  [
    "applied",
    70,
    true,
    `Applied, but its counters were changed since. ${hasMet}; your other edits are kept. ${name}`,
  ],
  ["notApplied", 8, false, `The values are there already, as version 9: nothing is left to send. ${name}`],
  [
    "notApplied",
    8,
    true,
    `Not applied: another change came first. Version 9 has your failed devices and 1 more already; your other edits are kept. ${name}`,
  ],
] as const)(
  "after what was sent may have been applied, a log that tells %s tells of what was typed since too",
  (record, failedDeviceCount, hasOther, told) => {
    const editor = stagedEditor();
    editor.press("s", "y");
    editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
    editor.wait(1);
    editor.read("look", version(9, { failedDeviceCount: 70 }));
    editor.press("escape", "escape", "right");
    while (editor.state().counter !== "notApplicableDeviceCount") editor.press("down");
    editor.press("5", "enter");
    if (hasOther) editor.press("6", "6", "enter");
    editor.press("R");
    const newer = version(9, { failedDeviceCount, notApplicableDeviceCount: 5 });
    editor.read("refresh", newer, { record });
    expect(text(editor)).toBe(told);
    expect(staged(editor)).toHaveLength(hasOther ? 1 : 0);
    expect(editor.disk().has(payroll.id)).toBe(hasOther);
    editor.press("u");
    expect(JSON.stringify(staged(editor))).toContain('"notApplicableDeviceCount":5');
  },
);

test("a draft of which others have made some edits says so as it is brought back, and u brings back the others", () => {
  const edits = { failedDeviceCount: 8, notApplicableDeviceCount: 5 };
  const draft = { app: payroll, readAt: 1, edits, leftOut: false, pending: undefined, wasOvertaken: false };
  const found = { key: "one", savedAt: 1, draft: { ...draft, contested: {} } };
  const editor = driveEditor([version(9, { failedDeviceCount: 8 })]);
  editor.happen({ kind: "draftsFound", drafts: [found], newer: [], broken: [] });
  editor.press("enter");
  editor.happen({ kind: "draftsClaimed", drafts: [found.draft], keys: ["one"], reason: undefined });
  expect(text(editor)).toBe(
    "1 draft is staged again. 1 moved onto what is there now. 1 has some of the values already.",
  );
  expect(staged(editor)).toEqual([{ notApplicableDeviceCount: 5 }]);
  editor.press("u");
  expect(staged(editor)).toEqual([edits]);
});

test("in lines, again says what is there already, and undo brings it back", () => {
  const person = converseWith(stagedEditor());
  see(person.editor, 8, 41, 8);
  const newer = version(8, { failedDeviceCount: 8 });
  const said = person.hear("again", () => person.editor.read("refresh", newer));
  expect(said.join("\n")).toContain("The values are there already, as version 8: nothing is left to send.");
  expect(staged(person.editor)).toEqual([]);
  expect(person.hear("undo").join("\n")).toContain("Undone: failed devices.");
  expect(staged(person.editor)).toEqual([{ failedDeviceCount: 8 }]);
});
