import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { ByteSource } from "@install-summary/core/report";
import type { ImportReport } from "../src/import/apply-rows.ts";
import { importReport, type ImportOptions } from "../src/import/import-report.ts";
import { shuttingDown, type ImportingStore, type ImportingTenantStore } from "@install-summary/core/service";
import type { ImportProgress } from "../src/import/import-progress.ts";
import { appId, incrementing, openTenant, otherTenantId, request, tenantId } from "./samples.ts";
import { expectWholeLog, openTestStore, readLog, temporaryFolder } from "./stores.ts";

const counterColumns = ["Installed", "Failed", "PendingInstall", "NotApplicable", "NotInstalled"].flatMap(
  (state) => [`${state}DeviceCount`, `${state}UserCount`],
);
const header = ["ApplicationId", "DisplayName", "Publisher", "Platform", ...counterColumns].join(",");

const nothing: ImportReport = {
  created: 0,
  changed: 0,
  unchanged: 0,
  rejected: 0,
  rejectedRows: [],
  missingCounters: [],
  keptCounters: [],
};

function line(index: number, name = `App ${index}`, counters: number | string = index): string {
  return [idOf(index), name, "Contoso", "5", ...counterColumns.map(() => counters)].join(",");
}

function idOf(index: number): string {
  return `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
}

/** The response of a report, with the rows of a CSV. */
function tableOf(...rows: readonly string[]): string {
  const Schema = header.split(",").map((Column) => ({ Column }));
  return JSON.stringify({ Schema, Values: rows.map((row) => row.split(",")) });
}

function streamOf(...texts: readonly string[]): ReadableStream<Uint8Array> {
  return new Blob([...texts]).stream();
}

interface Desk {
  readonly file: string;
  readonly store: ImportingStore;
  readonly tenant: ImportingTenantStore;
  readonly run: (
    source: ByteSource | readonly ByteSource[],
    options?: Partial<ImportOptions>,
  ) => Promise<ImportReport>;
}

/** A store and what imports into it, which leaves nothing behind in its folder. */
async function openDesk(): Promise<Desk> {
  const folder = temporaryFolder();
  const scratch = temporaryFolder();
  const file = join(folder, "store.db");
  const store = await openTestStore({ file });
  return {
    file,
    store,
    tenant: openTenant(store),
    async run(source, options) {
      try {
        const limits = { importRows: 2_000_000, importBytes: 2 ** 30 };
        return await importReport(store, source, { tenantId, actor: "ada", scratch, limits, ...options });
      } finally {
        expect(readdirSync(scratch)).toEqual([]);
      }
    },
  };
}

test("the sample tenant comes in whole, and a second time changes nothing", async () => {
  const { file, run, tenant } = await openDesk();
  const sample = fileURLToPath(new URL("../../../tooling/sample-tenant/sample-tenant.csv", import.meta.url));
  const open = (): ReadableStream<Uint8Array> => streamOfFile(sample);
  const first = await run(open());
  expect(first).toMatchObject({ changed: 0, unchanged: 0, rejected: 0 });
  expect(first.created).toBeGreaterThan(150);
  expect(await tenant.readApp(appId)).toMatchObject({
    etag: 'W/"1"',
    app: { isAssigned: true, publishingState: "published" },
  });
  const changes = readLog(file).length;
  expect(await run(open())).toEqual({ ...nothing, unchanged: first.created });
  expect(readLog(file)).toHaveLength(changes);
  await expectWholeLog(file);
});

function sameWords(some: readonly string[], others: readonly string[]): boolean {
  return some.toSorted().join() === others.toSorted().join();
}

function streamOfFile(path: string): ReadableStream<Uint8Array> {
  return Readable.toWeb(createReadStream(path));
}

test("what is new is created, what differs is changed, and what is missing is kept", async () => {
  const { file, run, tenant } = await openDesk();
  await run(streamOf([header, line(1), line(2), line(3)].join("\r\n")));
  const second = await run(
    streamOf(
      [
        "ApplicationId,FailedDeviceCount,DisplayName",
        `${idOf(1)},50,`,
        `${idOf(2)},2,App 2`,
        `${idOf(3)},3,Renamed`,
      ].join("\n"),
    ),
    { requestId: "request-9" },
  );
  const lacking = counterColumns.filter((column) => column !== "FailedDeviceCount");
  expect(second).toEqual({
    ...nothing,
    changed: 2,
    unchanged: 1,
    keptCounters: [{ columns: expect.toSatisfy((columns) => sameWords(columns, lacking)), apps: 3 }],
  });
  expect(await tenant.readApp(idOf(1))).toMatchObject({
    app: { displayName: "App 1", publisher: "Contoso", "@odata.type": "#microsoft.graph.win32LobApp" },
    summary: { failedDeviceCount: 50, failedUserCount: 1 },
    etag: 'W/"2"',
  });
  expect(await tenant.readApp(idOf(3))).toMatchObject({
    app: { displayName: "Renamed" },
    etag: 'W/"1"',
  });
  expect(readLog(file).at(-1)).toMatchObject({
    actor: "ada",
    origin: "import",
    requestId: "request-9",
    before: { failedDeviceCount: 1 },
    after: { failedDeviceCount: 50 },
  });
});

test("a rejected row is named with line and column, and stops no other", async () => {
  const { run, tenant } = await openDesk();
  const report = await run(
    streamOf(
      [
        header,
        line(1),
        line(2, "Bad", "1.5"),
        "nope,x",
        `nobody,${line(3).slice(37)}`,
        line(4, ""),
        line(5),
      ].join("\n"),
    ),
  );
  expect(report).toMatchObject({ created: 2, changed: 0, unchanged: 0 });
  expect(report.rejected).toBe(4);
  expect(report.rejectedRows).toEqual([
    { line: 3, id: idOf(2), column: "InstalledDeviceCount", problem: expect.stringContaining("1.5") },
    { line: 4, problem: expect.stringContaining("2 cells") },
    { line: 5, column: "ApplicationId", problem: expect.stringContaining("nobody") },
    {
      line: 6,
      id: idOf(4),
      column: "DisplayName",
      problem: "The app is new, and a new app needs a DisplayName.",
    },
  ]);
  expect(await tenant.readApp(idOf(5))).toBeDefined();
});

test("a new app without all counters is rejected, or has 0 for them when that was asked for", async () => {
  const { run, tenant } = await openDesk();
  const text = `ApplicationId,DisplayName,FailedDeviceCount\n${idOf(1)},App,7\n`;
  const report = await run(streamOf(text));
  expect(report).toMatchObject({
    rejected: 1,
    rejectedRows: [],
    missingCounters: [
      { apps: 1, columns: expect.arrayContaining(["InstalledDeviceCount", "FailedUserCount"]) },
    ],
  });
  expect(await tenant.isEmpty()).toBe(true);
  expect(await run(streamOf(text), { missingAsZero: true })).toMatchObject({ created: 1, rejected: 0 });
  expect(await tenant.readSummary(idOf(1))).toMatchObject({
    summary: { failedDeviceCount: 7, failedUserCount: 0 },
  });
});

test("counters that the report lacks for known apps are told once, also where a column is spelt otherwise", async () => {
  const { run, tenant } = await openDesk();
  await run(streamOf([header, line(1), line(2)].join("\n")));
  const other = header.replace("FailedDeviceCount", "Failed Device Count");
  const report = await run(streamOf([other, line(1), line(2, "Renamed"), line(3)].join("\n")));
  expect(report).toMatchObject({ changed: 1, unchanged: 1, rejected: 1 });
  expect(report.keptCounters).toEqual([{ columns: ["FailedDeviceCount"], apps: 2 }]);
  expect(report.missingCounters).toEqual([{ columns: ["FailedDeviceCount"], apps: 1 }]);
  expect(await tenant.readSummary(idOf(2))).toMatchObject({ summary: { failedDeviceCount: 2 } });
});

test("B125 the same app twice is rejected in each of its rows, however far apart and however spelt", async () => {
  const { run, tenant } = await openDesk();
  const far = Array.from({ length: 600 }, (_, index) => line(index + 100));
  const twice = "ABCDEF00-0000-0000-0000-000000000000";
  const rows = [header, `${twice}${line(1).slice(36)}`, ...far, `${twice.toLowerCase()}${line(1).slice(36)}`];
  const report = await run(streamOf(rows.join("\n")));
  expect(report).toMatchObject({ created: 600 });
  expect(report.rejectedRows).toMatchObject([
    { line: 2, problem: expect.stringContaining("line 603") },
    { line: 603, problem: expect.stringContaining("line 2;") },
  ]);
  expect(await tenant.readApp(twice.toLowerCase())).toBeUndefined();
});

describe("B125 the same app twice is rejected in both rows where one of them cannot be read:", () => {
  const good = line(1, "App");
  const named = `{"ApplicationId":"${idOf(1)}","DisplayName":"App","FailedDeviceCount":1}`;
  const nested = named.replace('"App"', '["App"]');
  const broken = [
    ["a cell too many", line(1, "Ap,p")],
    ["a cell too few", good.slice(0, good.lastIndexOf(","))],
    ["only its id", `${idOf(1)},`],
  ] as const;

  test.each([
    ...broken.flatMap(([what, row]) => [
      [`${what} in the second row of CSV`, [header, good, row].join("\n")],
      [`${what} in the first row of CSV`, [header, row, good].join("\n")],
      [`${what} in the second row of JSON`, tableOf(good, row)],
      [`${what} in the first row of JSON`, tableOf(row, good)],
    ]),
    ["a name that is no text in the first row", `{"values":[${nested},${named}]}`],
    ["a name that is no text in the second row", `{"values":[${named},${nested}]}`],
    ["a counter twice", `{"values":[${named},${named.replace("}", ',"FailedDeviceCount":2}')}]}`],
  ])("%s", async (_what, text) => {
    const { run, tenant } = await openDesk();
    const report = await run(streamOf(text));
    expect(report).toMatchObject({ created: 0, changed: 0, rejected: 2 });
    for (const { problem } of report.rejectedRows) expect(problem).toContain("The app is also in line");
    expect(await tenant.readApp(idOf(1))).toBeUndefined();
  });
});

test("a dry run tells the same and commits nothing", async () => {
  const { file, run } = await openDesk();
  await run(streamOf([header, line(1), line(2)].join("\n")));
  const rows = streamOf([header, line(1), line(2, "Renamed"), line(3), line(4, "x", "")].join("\n"));
  const report = await run(rows, { dryRun: true });
  expect(report).toMatchObject({ created: 1, changed: 1, unchanged: 1, rejectedRows: [{ line: 5 }] });
  expect(readLog(file)).toHaveLength(2);
});

test("a file that breaks off changes nothing", async () => {
  const { run, tenant } = await openDesk();
  const many = Array.from({ length: 3000 }, (_, index) => line(index));
  const open = streamOf([header, ...many, '"never closed'].join("\n"));
  await expect(run(open)).rejects.toMatchObject({
    code: "BadRequest",
    message: expect.stringContaining("3002"),
  });
  const gone = new Error("the client went away");
  let chunks = 0;
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      chunks += 1;
      if (chunks > 3) controller.error(gone);
      else
        controller.enqueue(
          new TextEncoder().encode([...(chunks === 1 ? [header] : []), ...many, ""].join("\n")),
        );
    },
  });
  await expect(run(broken)).rejects.toBe(gone);
  expect(await tenant.isEmpty()).toBe(true);
});

test("a refused file cancels those after it, and more bytes than allowed are those of all files", async () => {
  const { run } = await openDesk();
  let isCancelled = false;
  const unread = new ReadableStream<Uint8Array>({ cancel: () => void (isCancelled = true) });
  await expect(run([streamOf("x"), unread], { names: ["a.csv", "b.csv"] })).rejects.toMatchObject({
    message: expect.stringContaining("a.csv: The column ApplicationId is missing."),
  });
  expect(isCancelled).toBe(true);
  const text = [header, line(1)].join("\n");
  const limits = { importRows: 10, importBytes: 2 * text.length - 1 };
  await expect(run([streamOf(text), streamOf(text)], { limits })).rejects.toMatchObject({
    code: "RequestEntityTooLarge",
    message: expect.stringContaining(`Together the files are larger than ${limits.importBytes} bytes.`),
  });
});

test("a file with more rows or bytes than allowed is refused whole", async () => {
  const { run, tenant } = await openDesk();
  const text = [header, line(1), line(2), line(3)].join("\n");
  const limits = { importRows: 3, importBytes: text.length };
  expect(await run(streamOf(text), { limits, dryRun: true })).toMatchObject({ created: 3 });
  await expect(run(streamOf(text), { limits: { ...limits, importRows: 2 } })).rejects.toMatchObject({
    code: "RequestEntityTooLarge",
    message: "The file has more than 2 rows.",
  });
  await expect(
    run(streamOf(text), { limits: { ...limits, importBytes: text.length - 1 } }),
  ).rejects.toMatchObject({
    code: "RequestEntityTooLarge",
  });
  expect(await tenant.isEmpty()).toBe(true);
});

test("a header without rows imports nothing", async () => {
  const { run } = await openDesk();
  expect(await run(streamOf(header))).toEqual(nothing);
});

test("an import is of one tenant", async () => {
  const { run, store, tenant } = await openDesk();
  await run(streamOf([header, line(1)].join("\n")), { tenantId: otherTenantId });
  expect(await tenant.isEmpty()).toBe(true);
  expect(await openTenant(store, { tenantId: otherTenantId }).isEmpty()).toBe(false);
});

test("changes of others go through while an import runs, and none is lost", async () => {
  const { file, run, tenant } = await openDesk();
  const rows = Array.from({ length: 5000 }, (_, index) => line(index + 1));
  await run(streamOf([header, `${appId}${line(1).slice(36)}`, ...rows].join("\n")));
  const importing = new AbortController();
  const report = run(streamOf([header, ...rows.map((row) => `${row}0`)].join("\n"))).finally(() =>
    importing.abort(),
  );
  let changes = 0;
  while (!importing.signal.aborted) {
    await tenant.update(appId, incrementing, request);
    changes += 1;
  }
  expect(await report).toMatchObject({ changed: 5000 });
  expect(changes).toBeGreaterThan(10);
  expect((await tenant.readSummary(appId))?.etag).toBe(`W/"${1 + changes}"`);
  await expectWholeLog(file);
});

test("an import that is asked to stop ends between two batches, and the next one goes on", async () => {
  const { run } = await openDesk();
  const report = [header, ...Array.from({ length: 1000 }, (_, index) => line(index))].join("\n");
  const stop = new AbortController();
  const stopping = run(streamOf(report), {
    stop: stop.signal,
    onApplied: async () => stop.abort(shuttingDown()),
  });
  await expect(stopping).rejects.toMatchObject({
    status: 503,
    message: "The service is shutting down. 250 of 1,000 rows are in; import the same report again to go on.",
  });
  expect(await run(streamOf(report))).toMatchObject({ created: 750, unchanged: 250 });
});

test("a stopped dry run, and an import that is stopped while it is read, say that nothing is in", async () => {
  const { run } = await openDesk();
  const report = [header, ...Array.from({ length: 1000 }, (_, index) => line(index))].join("\n");
  const stop = new AbortController();
  const message = "The service is shutting down. Nothing was imported.";
  const stopping = run(streamOf(report), {
    stop: stop.signal,
    dryRun: true,
    onApplied: async () => stop.abort(shuttingDown()),
  });
  await expect(stopping).rejects.toMatchObject({ message });
  await expect(run(streamOf(report), { stop: stop.signal })).rejects.toMatchObject({ message });
  expect(await run(streamOf(report))).toMatchObject({ created: 1000 });
});

test("an import tells how many rows it has read and applied, rejected ones included", async () => {
  const { run } = await openDesk();
  const rows = Array.from({ length: 1000 }, (_, index) => line(index));
  const report = [header, ...rows, line(7), "nope,1"].join("\n");
  const told: ImportProgress[] = [];
  await run(streamOf(report), { onProgress: (progress) => told.push(progress) });
  const applied = told.flatMap((progress) => (progress.step === "apply" ? progress.rows : []));
  expect(told[0]).toEqual({ step: "read", rows: 0, bytes: report.length });
  expect(told.at(-1)).toEqual({ step: "apply", rows: 1002, of: 1002 });
  expect(applied).toEqual(applied.toSorted((one, other) => one - other));
});
