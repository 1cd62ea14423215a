import { counterNames } from "@install-summary/core";
import { expect, test } from "vitest";
import { counterWord, counterWords, findCounter, nearestCounterWord } from "./counter-words.ts";

test("every counter has a short word that leads back to it", () => {
  expect(counterNames.map((name) => findCounter(counterWord(name)))).toEqual(counterNames);
  expect(new Set(counterWords).size).toBe(10);
});

test("a word without a scope is about devices", () => {
  expect(counterWord("failedDeviceCount")).toBe("failed");
  expect(counterWord("failedUserCount")).toBe("users.failed");
  expect(findCounter("failed")).toBe("failedDeviceCount");
  expect(findCounter("users.failed")).toBe("failedUserCount");
});

test.each([
  ["failedDeviceCount", "failedDeviceCount"],
  ["FAILED", "failedDeviceCount"],
  ["devices.failed", "failedDeviceCount"],
  ["not-applicable", "notApplicableDeviceCount"],
  ["notApplicable", "notApplicableDeviceCount"],
  ["user.not_installed", "notInstalledUserCount"],
  ["users.pending", "pendingInstallUserCount"],
  ["users.pendingInstall", "pendingInstallUserCount"],
])("%s is %s", (word, name) => {
  expect(findCounter(word)).toBe(name);
});

test.each(["", "fail", "users", "users.", "constructor", "__proto__"])("%j is not a counter", (word) => {
  expect(findCounter(word)).toBeUndefined();
});

test.each([
  ["faild", "failed"],
  ["user.faild", "users.failed"],
  ["pendng", "pending"],
  ["failedDevicesCount", "failedDeviceCount"],
])("%s is near to %s", (word, nearest) => {
  expect(nearestCounterWord(word)).toBe(nearest);
});

test("a word that is near to none has no nearest", () => {
  expect(nearestCounterWord("publisher")).toBeUndefined();
});
