import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { appId, sampleApp, sampleSummary } from "../../test/samples.ts";
import { decideImport, type ReportedApp } from "./decide-import.ts";

const rules = { now: "2026-11-24T12:30:00Z", missingAsZero: false };
const { id: _, ...allCounters } = sampleSummary();
const known = { app: sampleApp(), summary: sampleSummary(), etag: 'W/"3"' };

function row(app: Partial<ReportedApp["app"]> = {}, patch: InstallSummaryPatch = allCounters): ReportedApp {
  return { app: { id: appId, displayName: "Outlook", ...app }, patch };
}

test("a new app is assigned and published, from now on", () => {
  const decision = decideImport(
    row({ publisher: "Cisco", "@odata.type": "#microsoft.graph.iosStoreApp" }),
    undefined,
    rules,
  );
  expect(decision).toEqual({
    kind: "created",
    app: sampleApp({
      "@odata.type": "#microsoft.graph.iosStoreApp",
      createdDateTime: rules.now,
      lastModifiedDateTime: rules.now,
    }),
    summary: sampleSummary(),
  });
});

test("a new app without platform and publisher is a web app without publisher", () => {
  expect(decideImport(row(), undefined, rules)).toMatchObject({
    app: { "@odata.type": "#microsoft.graph.webApp", publisher: null },
  });
});

test("a new app without name is rejected", () => {
  const { displayName: _name, ...nameless } = row().app;
  expect(decideImport({ app: nameless, patch: allCounters }, undefined, rules)).toEqual({
    kind: "rejected",
    column: "DisplayName",
    problem: "The app is new, and a new app needs a DisplayName.",
  });
});

test("a new app that lacks counters is rejected, unless they are to be 0", () => {
  const { failedDeviceCount: _failed, installedUserCount: _installed, ...some } = allCounters;
  expect(decideImport(row({}, some), undefined, rules)).toEqual({
    kind: "rejected",
    problem: "The app is new, and a new app needs all ten counters.",
    lacksCounters: true,
  });
  expect(decideImport(row({}, some), undefined, { ...rules, missingAsZero: true })).toMatchObject({
    kind: "created",
    summary: { ...allCounters, failedDeviceCount: 0, installedUserCount: 0 },
  });
});

test("a known app keeps every counter that a row lacks, and a new app is rejected", () => {
  fc.assert(
    fc.property(fc.subarray([...counterNames]), fc.nat(), fc.boolean(), (names, value, missingAsZero) => {
      const patch = Object.fromEntries(names.map((name) => [name, value]));
      const decision = decideImport(row({}, patch), known, { ...rules, missingAsZero });
      const summary = ("summary" in decision ? decision.summary : undefined) ?? known.summary;
      for (const name of counterNames) expect(summary[name]).toBe(patch[name] ?? known.summary[name]);
      const fresh = decideImport(row({}, patch), undefined, rules);
      expect(fresh.kind).toBe(names.length === counterNames.length ? "created" : "rejected");
    }),
  );
});

test("a known app keeps its type and the values that the row leaves out", () => {
  const decision = decideImport(
    { app: { id: appId, "@odata.type": "#microsoft.graph.webApp" }, patch: { failedUserCount: 3 } },
    known,
    rules,
  );
  expect(decision).toEqual({
    kind: "changed",
    summary: sampleSummary({ failedUserCount: 3 }),
  });
});

test("a row with the values that the app has changes nothing", () => {
  expect(decideImport(row({ publisher: "Cisco" }), known, rules)).toEqual({ kind: "unchanged" });
  expect(decideImport({ app: { id: appId }, patch: {} }, known, rules)).toEqual({ kind: "unchanged" });
});

test("a new name changes the app alone", () => {
  expect(decideImport(row({ displayName: "Outlook 4.4" }), known, rules)).toEqual({
    kind: "changed",
    app: sampleApp({ displayName: "Outlook 4.4", lastModifiedDateTime: rules.now }),
  });
});

test("a name too long for a link to the next page is rejected, for a known app too", () => {
  const tooLong = row({ displayName: "名".repeat(1001) });
  for (const current of [undefined, known]) {
    expect(decideImport(tooLong, current, rules)).toMatchObject({ kind: "rejected", column: "DisplayName" });
  }
  expect(decideImport(row({ displayName: "名".repeat(1000) }), undefined, rules).kind).toBe("created");
  // In composed form the first is two characters, of six bytes together; JSON spells the second in six.
  for (const [character, bytes] of [
    ["\u0958", 6002],
    ["\u001b", 6002],
  ] as const) {
    expect(decideImport(row({ displayName: character.repeat(1000) }), undefined, rules)).toEqual({
      kind: "rejected",
      column: "DisplayName",
      problem: `The name in the link to a next page has ${bytes} bytes; the maximum is 4000.`,
    });
  }
});

test.each([
  [
    "a publisher",
    { publisher: "x".repeat(1001) },
    "Publisher",
    "The publisher has 1001 characters; the maximum is 1000.",
  ],
  [
    "a type",
    { "@odata.type": `#microsoft.graph.${"x".repeat(200)}` },
    "ODataType",
    "The type has 217 characters; the maximum is 200.",
  ],
])("a row with %s that no page could hold is rejected, of a known app too", (_what, app, column, problem) => {
  expect(decideImport(row(app), undefined, rules)).toEqual({ kind: "rejected", column, problem });
  expect(decideImport(row(app), known, rules)).toEqual({ kind: "rejected", column, problem });
});
