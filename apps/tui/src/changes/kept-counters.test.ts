import { counterNames } from "@install-summary/core";
import { expect, test } from "vitest";
import { keptSentences } from "./kept-counters.ts";

const all = Object.fromEntries(counterNames.map((name) => [name, 4]));
const { failedDeviceCount: _failed, ...some } = all;
const { failedUserCount: _user, ...fewer } = some;

test("apps that lack the same columns are told in one sentence, and those that lack none are not", () => {
  const rows = [all, some, some, fewer].map((counters) => ({ counters }));
  const help = "If that is not meant, look at how the file spells its columns.";
  expect(keptSentences(rows)).toEqual([
    `2 apps keep what they have in a column that the file lacks: FailedDeviceCount. ${help}`,
    `1 app keeps what it has in columns that the file lacks: FailedDeviceCount, FailedUserCount. ${help}`,
  ]);
});
