import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patches, sampleSummary, summaries } from "../../test/samples.ts";
import { counterNames, counters, type CounterScope } from "../resource/counters.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { applyPatch } from "./decide-patch.ts";
import { warnings, type PlausibilityWarning, type WarningCode } from "./warnings.ts";

const codes: readonly WarningCode[] = [
  "deviceTotalChanged",
  "userTotalChanged",
  "usersWithoutDevices",
  "failedUsersWithoutFailedDevices",
  "largeChange",
];

/** 2480 devices, 2700 users. */
const before = sampleSummary({
  installedDeviceCount: 2080,
  failedDeviceCount: 16,
  notApplicableDeviceCount: 264,
  notInstalledDeviceCount: 72,
  pendingInstallDeviceCount: 48,
  installedUserCount: 2176,
  failedUserCount: 8,
  notApplicableUserCount: 184,
  notInstalledUserCount: 68,
  pendingInstallUserCount: 264,
});
const none = Object.fromEntries(counterNames.map((name) => [name, 0]));

describe("the total", () => {
  test.each<[WarningCode, string, InstallSummaryPatch, readonly string[]]>([
    [
      "deviceTotalChanged",
      "The devices would add up to 2472 instead of 2480: a change mostly moves devices from one state to another.",
      { failedDeviceCount: 8 },
      ["failedDeviceCount"],
    ],
    [
      "userTotalChanged",
      "The users would add up to 2701 instead of 2700: a change mostly moves users from one state to another.",
      { pendingInstallUserCount: 263, failedUserCount: 10 },
      ["failedUserCount", "pendingInstallUserCount"],
    ],
  ])("of a scope has changed: %s", (code, message, patch, involved) => {
    expect(warnings(before, applyPatch(before, patch))).toEqual([{ code, message, counters: involved }]);
  });

  test("stays when devices move from one state to another", () => {
    expect(warnings(before, { ...before, failedDeviceCount: 8, installedDeviceCount: 2088 })).toEqual([]);
  });
});

describe("users without devices", () => {
  const after = sampleSummary({ ...none, installedUserCount: 3, pendingInstallUserCount: 2 });

  test("have a warning", () => {
    expect(only("usersWithoutDevices", before, after)).toEqual([
      {
        code: "usersWithoutDevices",
        message: "The users would add up to 5 while there are no devices.",
        counters: ["installedUserCount", "pendingInstallUserCount"],
      },
    ]);
  });

  test("have no warning with one device, or without users", () => {
    const oneDevice = { ...after, notApplicableDeviceCount: 1 };
    expect(only("usersWithoutDevices", before, oneDevice)).toEqual([]);
    expect(only("usersWithoutDevices", before, sampleSummary(none))).toEqual([]);
  });
});

describe("failed users without failed devices", () => {
  const message = "Failed users would be 8 while failed devices are 0.";
  const counterPair = ["failedDeviceCount", "failedUserCount"];

  test("have a warning", () => {
    expect(only("failedUsersWithoutFailedDevices", before, { ...before, failedDeviceCount: 0 })).toEqual([
      { code: "failedUsersWithoutFailedDevices", message, counters: counterPair },
    ]);
  });

  test("have no warning with one failed device, or when both become 0", () => {
    const both = { ...before, failedDeviceCount: 0, failedUserCount: 0 };
    const one = { ...before, failedDeviceCount: 1 };
    expect(only("failedUsersWithoutFailedDevices", before, both)).toEqual([]);
    expect(only("failedUsersWithoutFailedDevices", before, one)).toEqual([]);
  });

  test("have no warning when other counters change", () => {
    const odd = { ...before, failedDeviceCount: 0 };
    expect(only("failedUsersWithoutFailedDevices", odd, { ...odd, installedUserCount: 1 })).toEqual([]);
    expect(only("failedUsersWithoutFailedDevices", odd, { ...odd, failedUserCount: 9 })).toHaveLength(1);
  });
});

describe("a large change", () => {
  test.each<[string, InstallSummaryPatch, string]>([
    [
      "a digit too many",
      { failedDeviceCount: 160 },
      "Failed devices would go from 16 to 160: 0.65 % of all devices before, 6.1 % after.",
    ],
    [
      "a digit too few",
      { pendingInstallUserCount: 26 },
      "Pending users would go from 264 to 26: 9.8 % of all users before, 1.1 % after.",
    ],
    [
      "to zero",
      { notApplicableUserCount: 0 },
      "Not applicable users would go from 184 to 0: 6.8 % of all users before, 0 % after.",
    ],
  ])("is %s", (_what, patch, message) => {
    expect(only("largeChange", before, applyPatch(before, patch))).toEqual([
      { code: "largeChange", message, counters: Object.keys(patch) },
    ]);
  });

  test.each<[string, InstallSummaryPatch]>([
    ["what does not double", { installedDeviceCount: 4159 }],
    ["what does not halve", { installedDeviceCount: 1041 }],
    ["at most a twentieth of its scope", { pendingInstallDeviceCount: 124, installedDeviceCount: 2004 }],
  ])("is not %s", (_what, patch) => {
    expect(only("largeChange", before, applyPatch(before, patch))).toEqual([]);
  });

  test("is at least ten", () => {
    const few = sampleSummary({ ...none, installedDeviceCount: 20, failedDeviceCount: 1 });
    expect(only("largeChange", few, { ...few, failedDeviceCount: 10 })).toEqual([]);
    expect(only("largeChange", few, { ...few, failedDeviceCount: 11 })).toHaveLength(1);
  });

  test("is reported for each counter, measured against its own scope", () => {
    const after = sampleSummary({ ...none, failedUserCount: 10, installedDeviceCount: 100 });
    const found = only("largeChange", sampleSummary(none), after);
    expect(found.map((warning) => warning.counters)).toEqual([["installedDeviceCount"], ["failedUserCount"]]);
    expect(found[0]?.message).toBe(
      "Installed devices would go from 0 to 100: no devices before, 100 % after.",
    );
  });
});

describe("for all summaries", () => {
  test("a change of nothing has no warnings, even of an odd summary", () => {
    fc.assert(
      fc.property(summaries, (summary) => {
        expect(warnings(summary, { ...summary })).toEqual([]);
      }),
    );
  });

  test("the warnings come in one order, their counters in the specification's", () => {
    fc.assert(
      fc.property(summaries, summaries, (from, to) => {
        const found = warnings(from, to);
        expect(found).toEqual(found.toSorted((one, other) => place(one) - place(other)));
        for (const warning of found) {
          expect(warning.counters).toEqual(counterNames.filter((name) => warning.counters.includes(name)));
          expect(warning.counters).not.toEqual([]);
        }
        expect(warnings(from, to)).toEqual(found);
      }),
    );
  });

  test("each code can be switched off without the others", () => {
    fc.assert(
      fc.property(summaries, summaries, fc.subarray([...codes]), (from, to, off) => {
        const kept = warnings(from, to).filter(({ code }) => !off.includes(code));
        expect(warnings(from, to, { off })).toEqual(kept);
      }),
    );
  });

  test("a total changes exactly when its sum does", () => {
    fc.assert(
      fc.property(summaries, patches, (from, patch) => {
        const to = applyPatch(from, patch);
        const found = warnings(from, to).map(({ code }) => code);
        expect(found.includes("deviceTotalChanged")).toBe(sum(from, "device") !== sum(to, "device"));
        expect(found.includes("userTotalChanged")).toBe(sum(from, "user") !== sum(to, "user"));
      }),
    );
  });
});

function only(code: WarningCode, from: InstallSummary, to: InstallSummary): readonly PlausibilityWarning[] {
  return warnings(from, to, { off: codes.filter((other) => other !== code) });
}

function place({ code, counters: [first] }: PlausibilityWarning): number {
  const counter = code === "largeChange" && first !== undefined ? counterNames.indexOf(first) : 0;
  return codes.indexOf(code) * counterNames.length + counter;
}

function sum(summary: InstallSummary, scope: CounterScope): number {
  return counters
    .filter((counter) => counter.scope === scope)
    .reduce((all, { name }) => all + summary[name], 0);
}

test("a code that is not one of a warning is refused with the codes", () => {
  const off: readonly [] = JSON.parse('["largeChanges"]');
  expect(() => warnings(sampleSummary(), sampleSummary(), { off })).toThrow(
    new TypeError(
      `A code in options.off of warnings must be one of ${codes.join(", ")}; got "largeChanges".`,
    ),
  );
});
