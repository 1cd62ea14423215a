import { join } from "node:path";
import { exampleSummary } from "@install-summary/core/contract";
import { hasProgram } from "@tooling/e2e/has-program";
import { expect, test } from "vitest";
import { breakages, copyOf, stopped, useBrokenReads } from "../src/check-broken-reads.ts";
import { examples } from "../src/run-client.ts";

const run = useBrokenReads();
const lacksPrograms = !["bash", "curl", "jq"].every(hasProgram);

const first = breakages.filter(({ read = 1 }) => read === 1);
const failing = breakages.filter(({ read }) => read !== undefined);
const guarding = first.filter(({ without }) => without !== "failedDeviceCount");

// The other clients and breakages are in long/broken-reads.test.ts: the CLI takes a second for each request.
const one = breakages.filter(({ without }) => without === "ETag");

test.each(["graph-client.mjs", "kiota.mjs", "graph-beta-sdk.mjs", "core-client.mjs"])(
  "%s has changed nothing without an ETag",
  async (name) => {
    for (const breakage of one)
      expect(await run([process.execPath, join(examples, "clients", name)], breakage)).toEqual(stopped);
  },
);

test.skipIf(lacksPrograms).each(breakages)("curl.sh has changed nothing after $what", async (breakage) => {
  expect(await run(["bash", join(examples, "clients", "curl.sh")], breakage)).toEqual(stopped);
});

test.each(guarding)("the program that corrects a count has changed nothing after $what", async (breakage) => {
  const words = [exampleSummary.id, "failedDeviceCount", "8"];
  const program = join(examples, "correct-count.mjs");
  expect(await run([process.execPath, program, ...words], breakage)).toEqual(stopped);
});

test.skipIf(lacksPrograms).each(failing)(
  "the script that lists what fails says $what, and ends with a code",
  async (breakage) => {
    const outcome = await run(["bash", join(examples, "failing-apps.sh"), "500"], breakage);
    expect(outcome).toMatchObject({ exit: 1, stderr: expect.stringContaining(`${breakage.status}`) });
  },
);

// In a terminal nothing ends at an error: each statement is run, whatever became of the one before it.
test.skipIf(lacksPrograms).each(first)(
  "what is copied from the page for curl has changed nothing after $what",
  async (breakage) => {
    const outcome = await run(["bash", "-c", await copyOf("curl")], breakage);
    expect(outcome).toMatchObject({
      stderr: expect.stringContaining("was not read"),
      writes: [],
      isChanged: false,
    });
  },
);

test.skipIf(lacksPrograms)("what is copied from the page for curl makes one change", async () => {
  const outcome = await run(["bash", "-c", `${await copyOf("curl")}\necho "$read $changed"`], {});
  const [read, changed] = outcome.stdout.trim().split(" ").map(Number);
  expect(outcome).toMatchObject({ exit: 0, isChanged: true });
  expect(changed).toBe((read ?? Number.NaN) + 1);
});
