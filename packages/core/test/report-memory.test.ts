import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { longLength, writeLongReport, type LongForm } from "./long-report.ts";
import { makeZip } from "./make-zip.ts";

const forms: readonly LongForm[] = ["csv", "json", "schema"];

test.each(forms)("a long report is read in a heap of 48 MB: %s", async (form) => {
  expect(await readInWorker(form)).toBe(longLength);
});

test.each(forms)("a long report in a ZIP is read in a heap of 48 MB: %s", async (form) => {
  const data = Buffer.concat(Array.from(writeLongReport(form), (text) => Buffer.from(text)));
  expect(await readInWorker(makeZip({ name: "report.csv", data }))).toBe(longLength);
});

test("a ZIP of 65,000 entries is refused in a heap of 48 MB", async () => {
  const entries = Array.from({ length: 65_000 }, (_, at) => ({ name: `${at}.csv`, data: "", method: 0 }));
  expect(await readInWorker(makeZip(...entries))).toContain("The ZIP has more than 1000 entries");
});

async function readInWorker(workerData: LongForm | Uint8Array): Promise<unknown> {
  const worker = new Worker(new URL("read-long-report.ts", import.meta.url), {
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 16 },
  });
  const [read]: unknown[] = await once(worker, "message");
  return read;
}
