import { readFileSync } from "node:fs";
import { readReport } from "@install-summary/core/report";
import { expect, test } from "vitest";
import type { Counts } from "./counts.ts";
import { platforms } from "./platform.ts";
import { sampleApps, sampleReport } from "./sample-tenant.ts";

const apps = [...sampleApps()];
const sum = (counts: Counts): number =>
  Object.values(counts).reduce((total: number, count: number) => total + count, 0);

test("the committed file is what the generator writes", () => {
  const committed = readFileSync(new URL("../sample-tenant.csv", import.meta.url), "utf8");

  expect([...sampleReport()].join("") === committed).toBe(true);
});

test("another seed gives other numbers to the same apps", () => {
  const others = [...sampleApps({ seed: "Fabrikam" })];

  expect(others.map((app) => app.name)).toEqual(apps.map((app) => app.name));
  expect(others.slice(1).filter((app, index) => app.id === apps[index + 1]?.id)).toEqual([]);
});

test("a longer report begins with the shorter one, and no id comes twice", () => {
  const short = [...sampleReport()];
  const long = [...sampleReport({ apps: 5_000 })];

  expect(long).toHaveLength(5_001);
  expect(long.slice(0, short.length)).toEqual(short);
  expect(new Set(long.map((line) => line.slice(0, 36))).size).toBe(5_001);
});

test("it holds 200 apps of five platforms, the specification's first", () => {
  expect(apps).toHaveLength(200);
  expect(new Set(apps.map((app) => app.platform))).toEqual(new Set(Object.keys(platforms)));
  expect(apps[0]?.id).toBe("06a792e9-92e9-06a7-e992-a706e992a706");
});

test("no app is on more devices or with more users than the tenant has", () => {
  const tooMany = apps.filter(
    (app) =>
      sum(app.devices) > platforms[app.platform].devices || sum(app.users) > platforms[app.platform].users,
  );

  expect(tooMany).toEqual([]);
  expect(
    apps.flatMap((app) => [...Object.values(app.devices), ...Object.values(app.users)]).every((n) => n >= 0),
  ).toBe(true);
});

test("failures are mostly small, with a long tail", () => {
  const failed = apps.map((app) => app.devices.failed).toSorted((a, b) => a - b);

  expect(failed[0]).toBe(0);
  expect(failed[100]).toBeLessThan(10);
  expect(failed[199]).toBeGreaterThan(300);
});

test.each([
  ["a terminal escape sequence", "\u001B["],
  ["a character that turns the direction", "\u202E"],
  ["an emoji of several joined", "\u200D"],
  ["quotes", '"'],
  ["a line break", "\n"],
  ["Chinese", "企业"],
  ["Hebrew", "שלום"],
  ["markup", "<script>"],
])("among the names is one with %s", (_, text) => {
  expect(apps.filter((app) => app.name.includes(text))).not.toEqual([]);
});

test("among the names are a formula, a very long one and two that differ only by case", () => {
  const names = apps.map((app) => app.name);

  expect(names.filter((name) => name.startsWith("="))).not.toEqual([]);
  expect(names.filter((name) => name.length >= 200)).not.toEqual([]);
  expect(names).toContain("Contoso VPN Client");
  expect(names).toContain("contoso vpn client");
});

test("core's reader accepts every row and reads the same names and numbers", async () => {
  const rows = [];
  for await (const row of readReport(new Blob([...sampleReport()]).stream())) rows.push(row);

  expect(rows.filter((row) => "problem" in row)).toEqual([]);
  expect(rows.map((row) => ("app" in row ? [row.app.id, row.app.displayName] : []))).toEqual(
    apps.map((app) => [app.id, app.name]),
  );
  expect(rows[0]).toMatchObject({
    app: { publisher: "Contoso", "@odata.type": "#microsoft.graph.androidStoreApp" },
    patch: {
      installedDeviceCount: 2080,
      failedDeviceCount: 16,
      notApplicableDeviceCount: 272,
      notInstalledDeviceCount: 72,
      pendingInstallDeviceCount: 48,
      installedUserCount: 2176,
      failedUserCount: 8,
      notApplicableUserCount: 184,
      notInstalledUserCount: 68,
      pendingInstallUserCount: 272,
    },
  });
});
