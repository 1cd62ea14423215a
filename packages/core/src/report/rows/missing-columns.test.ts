import { expect, test } from "vitest";
import { counterNames } from "../../resource/counters.ts";
import { missingColumns } from "./missing-columns.ts";

test("the columns of absent counters are named as the report spells them, and a 0 is there", () => {
  const present = Object.fromEntries(counterNames.map((name) => [name, 0]));
  expect(missingColumns(present)).toEqual([]);
  const { failedDeviceCount: _failed, pendingInstallUserCount: _pending, ...some } = present;
  expect(missingColumns(some)).toEqual(["FailedDeviceCount", "PendingInstallUserCount"]);
});
