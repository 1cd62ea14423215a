import { expect, test } from "vitest";
import { driveEditor } from "../../../test/editor-driver.ts";
import { listedApp } from "../../../test/sample-apps.ts";
import { appIdentity } from "../../words/app-identity.ts";
import type { EditorState } from "../model/editor-state.ts";
import { glyphsFor } from "../view/glyphs.ts";
import { messageLines } from "../view/frame/message-line.ts";
import { lineText } from "../view/line.ts";
import { tellReading } from "./tell-readings.ts";
import { describeReading, verdictReading } from "./describe-reading.ts";

const app = listedApp(1, "A name that leaves no room ".repeat(8).trim(), {}, 'W/"12345"');

test.each([
  ["applied", "Applied: version 12345 has your change."],
  ["changedSince", "Applied, but its counters were changed since: version 12345 is there now."],
  ["ruledOut", "Not applied: another change came first. Your edits are kept;"],
  ["thereAlready", "The values are there already, as version 12345: nothing is left to send."],
  ["notApplied", "Not applied so far: version 12345 is unchanged. s sends the same again."],
  ["overtaken", "it is kept as the values that were sent."],
] as const)("%s: 80 columns say what became of the change, however long the name is", (verdict, what) => {
  const editor = driveEditor([app]);
  const told = verdictReading(editor.state(), { verdict }, app);
  expect(told?.alone.text).toMatch(/\)$/);
  expect(told?.alone.text).toContain(`(${appIdentity(app)})`);
  const lines = messageLines({ ...editor.state(), notice: told?.alone }, glyphsFor({}), 80);
  expect(lines.map(lineText).join(" ").replaceAll(/ +/g, " ")).toContain(what);
});

function rowsOf(state: EditorState): readonly string[] {
  return messageLines(state, glyphsFor({}), 40).map((row) => lineText(row).trim());
}

test("what reading tells of an app is said to its end, and that it is unchanged in one line", () => {
  const state = driveEditor([listedApp(1, "Microsoft Visual Studio Code")]).state();
  const now = listedApp(1, "Microsoft Visual Studio Code", { failedDeviceCount: 77 }, 'W/"8"');
  expect(rowsOf(tellReading(state, describeReading(state, state, now))).join(" ")).toBe(
    `Read again: version 8; failed devices changed. (${appIdentity(now)})`,
  );
  const same = listedApp(1, "Microsoft Visual Studio Code");
  expect(rowsOf(tellReading(state, describeReading(state, state, same)))).toHaveLength(1);
});

test.each([
  ["applied", "Version 12345 has your failed devices already."],
  ["changedSince", "Version 12345 has your failed devices already."],
  ["ruledOut", "Version 12345 has your failed devices already."],
  ["overtaken", "what of it is not there already is kept"],
] as const)("%s: what others have made of the edits too is said with it", (verdict, what) => {
  const told = verdictReading(driveEditor([app]).state(), { verdict }, app, ["failedDeviceCount"]);
  expect(told?.alone.text).toContain(what);
});

test.each([
  ["applied", "2 changes applied, some of what was typed since there already: "],
  [
    "changedSince",
    "2 changes applied, but their counters were changed since, some of what was typed since there already: ",
  ],
  ["ruledOut", "2 changes not applied, some of their values there already: "],
] as const)("%s of several apps, of which others have made some edits too", (verdict, what) => {
  const editor = driveEditor([app]);
  const told = [app, listedApp(2)].reduce((before, one) => {
    const reading = verdictReading(before, { verdict }, one, ["failedDeviceCount"]);
    return reading === undefined ? before : tellReading(before, reading);
  }, editor.state());
  expect(told.notice?.text).toContain(what);
});
