import { join } from "node:path";
import { expect, test } from "vitest";
import { breakages, copyOf, stopped, useBrokenReads } from "../src/check-broken-reads.ts";
import { examples } from "../src/run-client.ts";

const run = useBrokenReads();
const programs = ["graph-client.mjs", "kiota.mjs", "graph-beta-sdk.mjs", "core-client.mjs"];
const first = breakages.filter(({ read = 1 }) => read === 1);
const cli = "CLI for Microsoft 365";

test.each(programs.flatMap((name) => breakages.map((breakage) => ({ name, what: breakage.what, breakage }))))(
  "$name has changed nothing after $what",
  async ({ name, breakage }) => {
    const outcome = await run([process.execPath, join(examples, "clients", name)], breakage);
    // No number plus one is null in JSON, which is sent and refused.
    const writes = breakage.without === "failedDeviceCount" ? [] : outcome.writes;
    expect({ ...outcome, writes }).toEqual(stopped);
  },
);

test.each(breakages)("m365.sh has changed nothing after $what", async (breakage) => {
  expect(await run(["bash", join(examples, "clients", "m365.sh")], breakage)).toEqual(stopped);
});

test.each(first)(
  "what is copied from the page for the CLI has changed nothing after $what",
  async (breakage) => {
    const outcome = await run(["bash", "-c", await copyOf(cli)], breakage);
    expect(outcome).toMatchObject({
      stderr: expect.stringContaining("was not read"),
      writes: [],
      isChanged: false,
    });
  },
);

test("what is copied from the page for the CLI makes one change", async () => {
  const outcome = await run(["bash", "-c", `${await copyOf(cli)}\necho "$read $changed"`], {});
  const [read, changed] = outcome.stdout.trim().split(" ").map(Number);
  expect(outcome).toMatchObject({ exit: 0, isChanged: true });
  expect(changed).toBe((read ?? Number.NaN) + 1);
});
