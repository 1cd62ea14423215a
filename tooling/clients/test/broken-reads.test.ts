import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exampleSummary } from "@install-summary/core/contract";
import { hasProgram } from "@tooling/e2e/has-program";
import { root } from "@tooling/launch/project";
import { expect, test } from "vitest";
import { breakages, stopped, useBrokenReads } from "../src/check-broken-reads.ts";
import { examples } from "../src/run-client.ts";

const run = useBrokenReads();
const page = join(root, "apps", "facade", "docs", "recipes.md");
const lacksPrograms = !["bash", "curl", "jq"].every(hasProgram);

const first = breakages.filter(({ read = 1 }) => read === 1);
const failing = breakages.filter(({ read }) => read !== undefined);
const guarding = first.filter(({ without }) => without !== "failedDeviceCount");

const programs = ["graph-client.mjs", "kiota.mjs", "graph-beta-sdk.mjs", "core-client.mjs"];
const scripts = ["curl.sh", "m365.sh"];
const each = <Name>(names: readonly Name[]) =>
  names.flatMap((name) => breakages.map((breakage) => ({ name, what: breakage.what, breakage })));

test.each(each(programs))("$name has changed nothing after $what", async ({ name, breakage }) => {
  const outcome = await run([process.execPath, join(examples, "clients", name)], breakage);
  // No number plus one is null in JSON, which is sent and refused.
  const writes = breakage.without === "failedDeviceCount" ? [] : outcome.writes;
  expect({ ...outcome, writes }).toEqual(stopped);
});

test.skipIf(lacksPrograms).each(each(scripts))(
  "$name has changed nothing after $what",
  async ({ name, breakage }) => {
    expect(await run(["bash", join(examples, "clients", name)], breakage)).toEqual(stopped);
  },
);

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
test
  .skipIf(lacksPrograms)
  .each(
    ["curl", "CLI for Microsoft 365"].flatMap((name) =>
      first.map((breakage) => ({ name, what: breakage.what, breakage })),
    ),
  )("what is copied from the page for $name has changed nothing after $what", async ({ name, breakage }) => {
  const outcome = await run(["bash", "-c", await copyOf(name)], breakage);
  expect(outcome).toMatchObject({
    stderr: expect.stringContaining("was not read"),
    writes: [],
    isChanged: false,
  });
});

test.skipIf(lacksPrograms).each(["curl", "CLI for Microsoft 365"])(
  "what is copied from the page for %s makes one change",
  async (name) => {
    const outcome = await run(["bash", "-c", `${await copyOf(name)}\necho "$read $changed"`], {});
    const [read, changed] = outcome.stdout.trim().split(" ").map(Number);
    expect(outcome).toMatchObject({ exit: 0, isChanged: true });
    expect(changed).toBe((read ?? Number.NaN) + 1);
  },
);

/** The scripts of a section of the page. */
async function copyOf(heading: string): Promise<string> {
  const sections = (await readFile(page, "utf8")).split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, part = ""]) => part).join("\n");
}
