import { expect, test } from "vitest";
import { driveEditor } from "../../../test/editor-driver.ts";
import { listedApp } from "../../../test/sample-apps.ts";
import { appIdentity } from "../../words/app-identity.ts";
import { glyphsFor } from "../view/glyphs.ts";
import { messageLines } from "../view/frame/message-line.ts";
import { lineText } from "../view/line.ts";
import { verdictReading } from "./describe-reading.ts";

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
  const told = verdictReading(editor.state(), verdict, app);
  expect(told?.alone.text).toMatch(/\)$/);
  expect(told?.alone.text).toContain(`(${appIdentity(app)})`);
  const lines = messageLines({ ...editor.state(), notice: told?.alone }, glyphsFor({}), 80);
  expect(lines.map(lineText).join(" ").replaceAll(/ +/g, " ")).toContain(what);
});
