import { expect, test } from "vitest";
import { converse } from "../../../test/converse.ts";
import { listedApp } from "../../../test/sample-apps.ts";

test.each(["enter", "+", "-", "−"])("%s beside an open app takes no line from those that follow", (key) => {
  const person = converse([listedApp(0, "Payroll", { failedDeviceCount: 41 })]);
  person.say("payroll");
  const before = person.editor.state().staging;
  expect(person.hear(key)).toEqual(["Name the counter too, such as failed 8."]);
  expect(person.editor.state().screen.name).toBe("counters");
  expect(person.hear("failed")).toEqual(["Failed devices: 41."]);
  person.say(key, "7");
  expect(person.editor.state().staging).toBe(before);
  expect(person.hear("help").join(" ")).toContain("quit");
  expect(person.hear("failed 8").join(" ")).toContain("Staged: failed devices 41 to 8");
});
