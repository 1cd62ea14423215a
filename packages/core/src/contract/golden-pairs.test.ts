import { describe, expect, test } from "vitest";
import { responses, runPairs, type Break } from "../../test/break-server.ts";
import { isCounterName } from "../resource/counters.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import { goldenPairs } from "./golden-pairs.ts";

const honest: Break = responses((response) => response);

test("every pair is what it was when it was recorded: its number, its name, its request and its response", async () => {
  const lines = goldenPairs.map(
    async (pair) => `${pair.number} ${await digest(JSON.stringify(pair))} ${pair.name}\n`,
  );
  // A released pair never changes: this file only ever gets new lines.
  await expect((await Promise.all(lines)).join("")).toMatchFileSnapshot("../../test/golden-pairs.lock.txt");
});

test("numbers count up from 1, and no two pairs have the same name", () => {
  expect(goldenPairs.map(({ number }) => number)).toEqual(goldenPairs.map((_pair, index) => index + 1));
  expect(new Set(goldenPairs.map(({ name }) => name)).size).toBe(goldenPairs.length);
});

test("a server that does as the contract says differs nowhere", async () => {
  expect(await runPairs(honest)).toEqual(new Map());
});

test("the order of members is no difference", async () => {
  const backwards = responses(({ body, ...response }) => ({ ...response, body: turnedRound(body) }));
  expect(await runPairs(backwards)).toEqual(new Map());
});

test.each(["list", "query", "filter", "count", "dryRun", "batch"])(
  "the pairs hold without those of %s",
  async (feature) => {
    const served = goldenPairs.filter((pair) => pair.feature !== feature);
    expect(served.length).toBeLessThan(134);
    expect(await runPairs(honest, served)).toEqual(new Map());
  },
);

const refused = goldenPairs
  .filter(
    ({ expected, feature, request }) =>
      expected.status >= 400 || request.path.includes("dryRun=true") || feature === "batch",
  )
  .map((pair) => ({ ...pair, sent: readLoosely(pair.request.body ?? "") }))
  .filter(({ sent }) => Object.keys(sent).length > 0);

test("forty-four pairs send counters that must not be written", () => {
  expect(refused).toHaveLength(44);
});

// The harder case is a server that leaves even the ETag as it was.
describe.each(["commit", "overwrite"] as const)("a server that refuses and does %s is found:", (how) => {
  test.each(refused)("$name", async ({ name, feature, sent }) => {
    const served = goldenPairs.filter((pair) => pair.feature === "core" || pair.feature === feature);
    const found = await runPairs(honest, served, (pair, server) => {
      if (pair.name === name) server[how](sent);
    });
    expect([...found.values()].flat().join("\n")).toMatch(/body\.\w+Count must be/);
  });
});

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes.slice(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The counters of a body, as a server reads them that takes whatever comes. */
function readLoosely(body: string): InstallSummaryPatch {
  const members = [...body.matchAll(/"(\w+)":"?(-?\d+|null)/g)];
  return Object.fromEntries(
    members
      .filter(([, name = ""]) => isCounterName(name))
      .map(([, name, value]) => [name, Math.min(Math.max(Number(value) || 0, 0), 2147483647)]),
  );
}

function turnedRound(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnedRound);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, turnedRound(member)]),
  );
}
