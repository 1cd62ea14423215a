import { counterNames } from "@install-summary/core";
import * as fc from "fast-check";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportReport } from "../src/commands/export-report.ts";
import { importReport } from "../src/import/import-report.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { openTenant, tenantId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

const limits = { importRows: 1_000_000, importBytes: 2 ** 30 };

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  // What means something in CSV, in a spreadsheet or at a line's end.
  fc
    .array(fc.constantFrom(..."=+-@'\",;\t\r\n \u00a0\ufeff\u2028a1".split("")), { maxLength: 12 })
    .map((characters) => characters.join("")),
  fc.constantFrom("sep=,", "#TYPE x", "ApplicationId", "null", "1.000", "=cmd()|' /C calc'!A0", "'=1"),
);
const counter = fc.oneof(fc.integer({ min: 0, max: 2_147_483_647 }), fc.constantFrom(0, 1000, 2_147_483_647));
const someApp = fc.record({
  "@odata.type": fc.constantFrom(
    ..."win32LobApp macOSLobApp androidStoreApp iosVppApp webApp winGetApp someNewApp".split(" "),
  ),
  displayName: anyText,
  publisher: fc.option(anyText),
  installSummary: fc.record(Object.fromEntries(counterNames.map((name) => [name, counter]))),
});

/** For a command that goes on to its end. */
const stopSignal = (): AbortSignal => new AbortController().signal;

test("what a store exports is imported again as the same apps, and changes nothing where it came from", async () => {
  const apps = fc.uniqueArray(fc.tuple(fc.uuid(), someApp), { selector: ([id]) => id, maxLength: 30 });
  let exported = 0;
  await fc.assert(
    fc.asyncProperty(apps, async (given) => {
      const value = given.map(([id, { "@odata.type": type, ...app }]) => ({
        "@odata.type": `#microsoft.graph.${type}`,
        id,
        ...app,
      }));
      await using from = await openFolder();
      const first = await from.take(JSON.stringify({ value }));
      const listed = await from.list();
      // Without an app the store has no such tenant.
      if (listed.length === 0) return;
      exported += listed.length;
      const report = await from.export();
      const again = { created: 0, changed: 0, unchanged: first.created, rejected: 0 };
      expect(await from.take(report)).toMatchObject(again);
      await using to = await openFolder();
      expect(await to.take(report)).toMatchObject({ ...again, created: first.created, unchanged: 0 });
      expect(await to.list()).toEqual(listed);
      expect(await to.export()).toEqual(report);
    }),
    { numRuns: 20 },
  );
  expect(exported).toBeGreaterThan(20);
});

async function openFolder() {
  const folder = temporaryFolder();
  const store = await openSqliteStore({ file: join(folder, "install-summary.db") });
  const tenant = openTenant(store);
  return {
    take: (report: string) =>
      importReport(store, new Blob([report]).stream(), {
        tenantId,
        actor: "round trip",
        scratch: folder,
        limits,
      }),
    async list() {
      const { apps } = await tenant.listApps({ top: 1000 });
      return apps.map(({ id, type, properties, summary }) => {
        const { displayName, publisher } = Object(JSON.parse(properties));
        return { id, type, displayName, publisher, summary };
      });
    },
    async export() {
      const chunks: Uint8Array[] = [];
      const writeOutput = async (chunk: Uint8Array): Promise<void> => void chunks.push(chunk);
      await exportReport(
        { env: {}, folder, stderr: { write: () => true }, isTerminal: false, stopSignal, writeOutput },
        { tenant: tenantId, data: "." },
      );
      return Buffer.concat(chunks).toString();
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}
