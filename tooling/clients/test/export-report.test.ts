import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasProgram } from "@tooling/e2e/has-program";
import { root, sampleTenant } from "@tooling/launch/project";
import { expect, onTestFinished, test, type TestContext } from "vitest";
import { runClient } from "../src/run-client.ts";
import { startExportJobs, type JobStates } from "../src/start-export-jobs.ts";

const token = "a-token-of-graph";

/** Runs the script against jobs that go through these states. */
async function runScript({ skip }: TestContext, jobs: readonly JobStates[], sent = token) {
  for (const name of ["bash", "curl", "jq"]) if (!hasProgram(name)) skip(`${name} is not on the PATH`);
  // As Intune's reports are, which come as ZIP files.
  const report = Buffer.concat([
    Buffer.from("PK\u0003\u0004"),
    await readFile(sampleTenant),
    Buffer.from(`PK\u0005\u0006${"\0".repeat(18)}`),
  ]);
  const service = await startExportJobs(report, token, jobs);
  onTestFinished(() => service[Symbol.asyncDispose]());
  const folder = await mkdtemp(join(tmpdir(), "install-summary-report-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "report.zip");
  const ended = await runClient(
    // What the other examples take: no token for Graph goes there.
    { graph: "http://127.0.0.1:9/beta", token: "", ca: "" },
    ["bash", join(root, "apps/facade/deploy/export-report.sh"), file],
    { INTUNE_URL: service.graph, GRAPH_TOKEN: sent, EVERY: "0" },
  );
  return { service, ended, report, written: () => readFile(file) };
}

test("the script has Intune make the report and writes it to a file, without its token for the file's host", async (context) => {
  const { service, ended, report, written } = await runScript(context, [
    ["notStarted", "inProgress", "completed"],
  ]);
  expect(ended).toEqual({ exit: 0, stdout: "", stderr: expect.not.stringContaining("Graph:") });
  expect(await written()).toEqual(report);
  expect(service.authorizationOfDownload()).toBeUndefined();
  expect(service.asked).toEqual([
    expect.objectContaining({
      reportName: "AppInstallStatusAggregate",
      select: expect.arrayContaining(["ApplicationId", "FailedDeviceCount", "PendingInstallUserCount"]),
    }),
  ]);
});

test("a job that fails is made anew, three times in all", async (context) => {
  const second = await runScript(context, [["failed"], ["completed"]]);
  expect(second.ended.exit).toBe(0);
  expect(second.service.asked).toHaveLength(2);

  const third = await runScript(context, [["failed"], ["inProgress", "failed"], ["failed"], ["completed"]]);
  expect(third.ended).toMatchObject({ exit: 1, stdout: "" });
  expect(third.ended.stderr).toContain("Graph: the job of the report failed three times.\n");
  expect(third.service.asked).toHaveLength(3);
  await expect(third.written()).rejects.toMatchObject({ code: "ENOENT" });
});

test("what Graph refuses is said, and ends the script", async (context) => {
  const { ended, written } = await runScript(context, [["completed"]], "another");
  expect(ended).toEqual({
    exit: 1,
    stdout: "",
    stderr: expect.stringContaining("Graph: Access token is empty.\n"),
  });
  await expect(written()).rejects.toMatchObject({ code: "ENOENT" });
});
