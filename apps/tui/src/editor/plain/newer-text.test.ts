import { expect, test } from "vitest";
import { converse, type Conversation } from "../../../test/converse.ts";
import { loggedChange } from "../../../test/logged-change.ts";
import { listedApp } from "../../../test/sample-apps.ts";
import { newerText } from "./newer-text.ts";

const app = listedApp(0, "Payroll");

/** A person with a staged edit, whose app others have changed since. */
function overtaken(): Conversation {
  const person = converse([app]);
  person.say("payroll", "failed 8");
  const before = { failedDeviceCount: 16, installedDeviceCount: 2080 };
  const after = { failedDeviceCount: 30, installedDeviceCount: 31 };
  const changes = [loggedChange({ appId: app.id, version: 8, before, after })];
  person.editor.happen({ kind: "followed", followed: { kind: "changes", changes, areNew: true } });
  return person;
}

test.each(["", "payroll"])("the line %j says that the app is another one now, and what is there", (line) => {
  expect(overtaken().hear(line)).toEqual([
    "Payroll, Windows, based on version 7. 1 edit staged.",
    "Version 8 is there now: installed devices 31, failed devices 30. again reads it.",
    "Devices: installed 2,080, failed 16, not applicable 272, not installed 72, pending install 48.",
    "Users: installed 2,176, failed 8, not applicable 184, not installed 68, pending install 272.",
    "Staged: failed devices 16 to 8.",
  ]);
});

test.each([
  ["failed", ["Failed devices: 16, staged 8.", "Version 8 is there now: failed devices 30."]],
  ["installed", ["Installed devices: 2,080.", "Version 8 is there now: installed devices 31."]],
  ["users failed", ["Failed users: 8.", "Version 8 is there now: failed users 8."]],
])("the value of a counter is said with the one that is there now: %s", (line, said) => {
  expect(overtaken().hear(line)).toEqual(said);
});

test.each(["failed 9", "failed x", "revert failed", '{"failedDeviceCount":9}'])(
  "%s is told with what is there now",
  (line) => {
    expect(overtaken().hear(line).at(-1)).toMatch(
      /^Version 8 is there now: (?:installed devices 31, )?failed devices 30\.$/,
    );
  },
);

test("what is as it was read is said without a word more", () => {
  const person = converse([app]);
  person.say("payroll", "failed 8");
  expect(person.hear("failed")).toEqual(["Failed devices: 16, staged 8."]);
  expect(person.hear("payroll")[0]).toBe("Payroll, Windows, version 7. 1 edit staged.");
});

test("a store that began anew has other values under the same version, or no version", () => {
  const installSummary = { ...app.installSummary, failedDeviceCount: 30 };
  const among = (now: typeof app): string | undefined => newerText(converse([now]).editor.state(), app);
  expect(among({ ...app, installSummary })).toBe("Version 7 has other values now: failed devices 30.");
  expect(among({ ...app, installSummary, etag: undefined })).toBe(
    "Other values are there now: failed devices 30.",
  );
  expect(among({ ...app, etag: 'W/"8"' })).toBe("Version 8 is there now.");
  expect(among(app)).toBeUndefined();
});
