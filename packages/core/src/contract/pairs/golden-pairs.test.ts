import { describe, expect, test } from "vitest";
import { responses, runPairs, type Break } from "../../../test/break-server.ts";
import { isCounterName } from "../../resource/counters.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import { goldenPairs } from "./golden-pairs.ts";

const right: Break = responses((response) => response);

test("every pair has its recorded number, name, request and response", async () => {
  const lines = goldenPairs.map(
    async (pair) => `${pair.number} ${await digest(JSON.stringify(pair))} ${pair.name}\n`,
  );
  // A released pair never changes: this file only ever gets new lines.
  await expect((await Promise.all(lines)).join("")).toMatchFileSnapshot(
    "../../../test/golden-pairs.lock.txt",
  );
});

test("the first pair sends the specification's example", () => {
  expect(JSON.parse(goldenPairs[0]?.request.body ?? "")).toEqual({
    installedDeviceCount: 4,
    failedDeviceCount: 1,
    notApplicableDeviceCount: 8,
    notInstalledDeviceCount: 7,
    pendingInstallDeviceCount: 9,
    installedUserCount: 2,
    failedUserCount: 15,
    notApplicableUserCount: 6,
    notInstalledUserCount: 5,
    pendingInstallUserCount: 7,
  });
});

test("numbers count up from 1, and no two pairs have the same name", () => {
  expect(goldenPairs.map(({ number }) => number)).toEqual(goldenPairs.map((_pair, index) => index + 1));
  expect(new Set(goldenPairs.map(({ name }) => name)).size).toBe(goldenPairs.length);
});

test("a server that follows the contract differs nowhere", async () => {
  expect(await runPairs(right)).toEqual(new Map());
});

test("the order of members does not matter", async () => {
  const backwards = responses(({ body, ...response }) => ({ ...response, body: reversed(body) }));
  expect(await runPairs(backwards)).toEqual(new Map());
});

test.each(["list", "query", "filter", "count", "dryRun", "batch", "repetition", "gzip"])(
  "the pairs hold without the feature %s",
  async (feature) => {
    const served = goldenPairs.filter((pair) => pair.feature !== feature);
    expect(served.length).toBeLessThan(goldenPairs.length);
    expect(await runPairs(right, served)).toEqual(new Map());
  },
);

const refused = goldenPairs
  .filter(
    ({ expected, feature, request }) =>
      expected.status >= 400 || request.path.includes("dryRun=true") || feature === "batch",
  )
  .map((pair) => ({ ...pair, sent: readLoosely(pair.request.body ?? "") }))
  .filter(({ sent }) => Object.keys(sent).length > 0);

test("56 pairs send counters that must not be stored", () => {
  expect(refused).toHaveLength(56);
});

// `overwrite` is the harder case: it leaves even the ETag as it was.
describe.each(["commit", "overwrite"] as const)(
  "a server that refuses a change and stores it by %s is found:",
  (how) => {
    test.each(refused)("$name", async ({ name, feature, sent }) => {
      const served = goldenPairs.filter((pair) => pair.feature === "core" || pair.feature === feature);
      const found = await runPairs(right, served, (pair, server) => {
        if (pair.name === name) server[how](sent);
      });
      expect([...found.values()].flat().join("\n")).toMatch(/body\.\w+Count must be/);
    });
  },
);

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes.slice(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The counters of a body, as a careless server reads it. */
function readLoosely(body: string): InstallSummaryPatch {
  const members = [...body.matchAll(/"(\w+)":"?(-?\d+|null)/g)];
  return Object.fromEntries(
    members
      .filter(([, name = ""]) => isCounterName(name))
      .map(([, name, value]) => [name, Math.min(Math.max(Number(value) || 0, 0), 2147483647)]),
  );
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
