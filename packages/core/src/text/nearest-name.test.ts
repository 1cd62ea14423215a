import { expect, test } from "vitest";
import { counterNames } from "../resource/counters.ts";
import { nearestName } from "./nearest-name.ts";

test.each([
  ["installedDevicesCount", "installedDeviceCount"],
  ["FailedDeviceCount", "failedDeviceCount"],
  ["faildUserCount", "failedUserCount"],
  ["failed_device_count", "failedDeviceCount"],
])("%s most likely meant %s", (name, meant) => {
  expect(nearestName(name, counterNames)).toBe(meant);
});

test.each(["x", "", "displayName", "__proto__", "count", "failedDeviceCount".repeat(5)])(
  "%j is near none",
  (name) => {
    expect(nearestName(name, counterNames)).toBeUndefined();
  },
);

test("a name that shares no letter with a short candidate is not near it", () => {
  expect(nearestName("x", ["id"])).toBeUndefined();
  expect(nearestName("ix", ["id"])).toBe("id");
});
