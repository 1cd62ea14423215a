import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleSummary } from "@install-summary/core/contract";
import { expect, onTestFinished, test } from "vitest";
import { readReportFile } from "./read-report.ts";

test("a file is read: the patch of each app, and the rows that are wrong", async () => {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-example-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "report.csv");
  await writeFile(path, `ApplicationId,FailedDeviceCount\n${exampleSummary.id},4\nnope,5\n`);
  expect(await readReportFile(path)).toEqual({
    patches: new Map([[exampleSummary.id, { failedDeviceCount: 4 }]]),
    rejected: [`${path}:3: The ApplicationId 'nope' is not a GUID.`],
  });
});
