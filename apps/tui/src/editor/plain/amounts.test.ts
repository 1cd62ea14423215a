import { applyPatch, type InstallSummaryEdit, type InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { converseWith, type Conversation } from "../../../test/converse.ts";
import { driveEditor } from "../../../test/editor-driver.ts";
import { listedApp } from "../../../test/sample-apps.ts";

// Wherever an edit is said without a screen, an amount is said as one, and with the numbers that are there now.

const app = listedApp(0, "Payroll", { failedDeviceCount: 10, failedUserCount: 20 });

/** What is said of a draft with these edits, where others have made this of its app. */
function draftLine(edits: InstallSummaryEdit, theirs: InstallSummaryPatch = {}): string {
  const installSummary = applyPatch(app.installSummary, theirs);
  const etag = Object.keys(theirs).length === 0 ? app.etag : 'W/"9"';
  const person = converseWith(driveEditor([{ ...app, installSummary, etag }]));
  const known = { readAt: 1, leftOut: false, wasOvertaken: false, contested: {}, pending: undefined };
  const drafts = [{ key: "one", savedAt: 1, draft: { ...known, app, edits } }];
  person.editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
  person.say("");
  return /^1\. .*?(?:version|both sides).*$/m.exec(person.transcript())?.[0] ?? "";
}

test.each<[string, InstallSummaryEdit, InstallSummaryPatch, string]>([
  ["an amount", { failedDeviceCount: { add: 5 } }, {}, ": failed devices 10 to 15, by plus 5."],
  ["one that is taken off", { failedDeviceCount: { add: -2 } }, {}, ": failed devices 10 to 8, by minus 2."],
  ["a value", { failedDeviceCount: 15 }, {}, ": failed devices 10 to 15."],
  [
    "an amount on a value of others",
    { failedDeviceCount: { add: 5 } },
    { failedDeviceCount: 300 },
    ": failed devices 10 to 15, by plus 5, now 300 to 305.",
  ],
  [
    "an amount where others have changed another counter",
    { failedDeviceCount: { add: 5 } },
    { failedUserCount: 300 },
    ", now 9: failed devices 10 to 15, by plus 5.",
  ],
  [
    "an amount that no longer fits",
    { failedDeviceCount: { add: -5 } },
    { failedDeviceCount: 2 },
    ": failed devices 10 to 5, by minus 5, changed to 2 meanwhile.",
  ],
  [
    "a value on one of others",
    { failedDeviceCount: 15 },
    { failedDeviceCount: 300 },
    ": failed devices 10 to 15, changed to 300 meanwhile.",
  ],
  [
    "a value that others have set too, beside an amount",
    { failedDeviceCount: 15, failedUserCount: { add: 1 } },
    { failedDeviceCount: 15, failedUserCount: 30 },
    ": failed devices 10 to 15, there already, failed users 20 to 21, by plus 1, now 30 to 31.",
  ],
])("a draft with %s", (_, edits, theirs, end) => {
  expect(draftLine(edits, theirs).slice(-end.length)).toBe(end);
});

function withAmount(): Conversation {
  const person = converseWith(driveEditor([app]));
  person.say("payroll", "failed +5");
  return person;
}

test.each([
  ["", "Staged: failed devices 10 to 15, by plus 5."],
  ["failed", "Failed devices: 10, staged 15, by plus 5."],
  ["failed x", "Failed devices stays staged as 15, by plus 5."],
  ["review", "1. failed devices 10 to 15, by plus 5."],
])("an amount that is staged is one in what %j says", (line, text) => {
  const person = withAmount();
  person.say(line);
  expect(person.transcript()).toContain(text);
});

test("the table of what others have changed says an amount as one", () => {
  const person = withAmount();
  person.say("users failed 8");
  const theirs = applyPatch(app.installSummary, { failedDeviceCount: 300, failedUserCount: 30 });
  person.editor.read("refresh", { ...app, installSummary: theirs, etag: 'W/"9"' });
  person.say("");
  expect(person.transcript()).toContain(
    "failed devices was 10, theirs 300, mine 15, by plus 5: 305 would be sent, counted again.",
  );
});
