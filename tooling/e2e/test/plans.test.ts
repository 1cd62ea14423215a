import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createFacade } from "@install-summary/facade";
import { createInstallSummaryClient, type InstallSummaryClient } from "@install-summary/core/client";
import { editorProgram, sampleTenant } from "@tooling/launch/project";
import { expect, onTestFinished, test } from "vitest";
import { createSandbox } from "../src/sandbox.ts";

interface Ended {
  readonly exit: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

interface Site {
  readonly client: InstallSummaryClient;
  /** Runs a command in a folder of its own. */
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly write: (name: string, content: string) => Promise<void>;
}

/** A facade with the sample tenant, and the program of a person who is signed in to it. */
async function open(): Promise<Site> {
  const facade = await createFacade();
  onTestFinished(() => facade.close());
  await facade.importReport(createReadStream(sampleTenant));
  const token = await facade.issueToken();
  const sandbox = await createSandbox();
  const baseUrl = `${facade.url}/beta`;
  const env = {
    ...sandbox.env,
    INSTALL_SUMMARY_URL: baseUrl,
    INSTALL_SUMMARY_TOKEN: token,
    INSTALL_SUMMARY_PROFILE: "none",
  };
  return {
    client: createInstallSummaryClient({ baseUrl, token: () => token }),
    write: (name, content) => writeFile(join(sandbox.folder, name), content),
    async run(...args) {
      const child = spawn(process.execPath, [editorProgram, ...args], {
        env: { ...env },
        cwd: sandbox.folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const [stdout, stderr, [exit]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "exit"),
      ]);
      return { exit, stdout, stderr };
    },
  };
}

test("a spreadsheet of all apps is edited while others change the apps: the plan has the person's edits alone", async () => {
  const { client, run, write } = await open();
  const exported = await run("list", "--limit", "0", "--output", "csv");
  const [head = "", first = "", second = "", ...rest] = exported.stdout.split("\r\n");
  const column = head.replace("\ufeff", "").split(",").indexOf("FailedUserCount");
  const [one, other] = [first, second].map((row) => row.split(","));
  if (one === undefined || other === undefined) throw new Error("The list has too few apps.");
  const edit = (cells: readonly string[]): string => cells.with(column, "4711").join(",");
  await write("apps.csv", [head, edit(one), edit(other), ...rest].join("\r\n"));

  // Someone else changes another counter of the first app and the same counter of the second one.
  const [firstId = "", secondId = ""] = [one[0], other[0]];
  const [before] = await Promise.all([client.get(firstId), client.update(secondId, { failedUserCount: 12 })]);
  await client.edit(firstId, () => ({ failedDeviceCount: { add: 1 } }));

  const planned = await run("plan", "apps.csv", "--output", "json");
  expect({ exit: planned.exit, changes: JSON.parse(planned.stdout).changes }).toMatchObject({
    exit: 0,
    changes: [
      {
        id: firstId,
        etag: before.etag,
        before: { failedUserCount: before.summary.failedUserCount },
        patch: { failedUserCount: 4711 },
      },
      { id: secondId, patch: { failedUserCount: 4711 } },
    ],
  });
  await write("plan.json", planned.stdout);

  const strict = await run("apply", "plan.json", "--yes", "--output", "json");
  expect(strict.exit).toBe(5);
  expect(JSON.parse(strict.stdout)).toMatchObject({ applied: 0, stale: 2 });

  const moved = await run("apply", "plan.json", "--yes", "--rebase", "--each", "--output", "json");
  expect(moved.exit).toBe(8);
  expect(JSON.parse(moved.stdout)).toMatchObject({ applied: 1, stale: 1 });
  const { summary } = await client.get(firstId);
  expect(summary).toMatchObject({
    failedUserCount: 4711,
    failedDeviceCount: before.summary.failedDeviceCount + 1,
  });
  expect((await client.get(secondId)).summary.failedUserCount).toBe(12);
}, 60_000);

test("a plan of all apps is applied, and applied again it changes nothing", async () => {
  const { client, run, write } = await open();
  const listed = await run("list", "--limit", "0", "--output", "ndjson");
  const lines = listed.stdout.trimEnd().split("\n");
  const edited = lines.map((line) => JSON.stringify({ ...JSON.parse(line), failedUserCount: 5 }));
  await write("old.ndjson", listed.stdout);
  await write("new.ndjson", edited.join("\n"));
  const planned = await run("plan", "new.ndjson", "old.ndjson", "--output", "json");
  await write("plan.json", planned.stdout);
  expect(JSON.parse(planned.stdout).changes.length).toBeGreaterThan(150);
  expect(await run("apply", "plan.json", "--yes", "--quiet", "--query", "stale")).toEqual({
    exit: 0,
    stdout: "0\n",
    stderr: "",
  });
  for await (const { installSummary } of client.list()) expect(installSummary.failedUserCount).toBe(5);
  expect(await run("apply", "plan.json", "--yes", "--query", "applied")).toMatchObject({
    exit: 0,
    stdout: "0\n",
  });
}, 60_000);
