import { exitCodes, fileErrorText, UserError } from "@install-summary/command-line/errors";
import { withProgress, type ProgressOutput } from "@install-summary/command-line/progress";
import { installSummarySchema } from "@install-summary/core";
import { writeReport, type ReportEntry } from "@install-summary/core/report";
import { open, rename } from "node:fs/promises";
import * as z from "zod";
import { makeDraft } from "../files/draft-file.ts";
import { faultEnd } from "../files/fault-end.ts";
import { describeFault } from "../files/file-fault.ts";
import { findTarget } from "../files/find-target.ts";
import type { ImportingTenantStore } from "../open-store.ts";
import type { OwnFiles } from "../files/refuse-own-file.ts";
import { refuseTextTarget } from "../files/refuse-text-target.ts";
import { resolvePath } from "../files/resolve-path.ts";
import { readSettings } from "../settings/read-settings.ts";
import { byId } from "./by-id.ts";
import { chooseTenant } from "./choose-tenant.ts";
import type { CommandContext } from "./command-context.ts";
import { describeStore } from "./describe-store.ts";
import { describeUnproven } from "./describe-unproven.ts";
import { createExportProgressLine } from "./export-progress-line.ts";
import { noSuchTenant } from "./no-such-tenant.ts";
import { openStoreToRead } from "./open-store-to-read.ts";
import { ownFiles } from "./own-files.ts";
import { parseTenant } from "./parse-tenant.ts";
import type { SharedFlags } from "./setting-flags.ts";
import { tellStoreFaults } from "./tell-store-faults.ts";
import { watchErasure } from "./watch-erasure.ts";

/** The options as they were given. */
export interface ExportFlags extends SharedFlags {
  readonly tenant?: string;
}

/** What an export needs of its context. */
export interface ExportContext extends Pick<
  CommandContext,
  "env" | "folder" | "isTerminal" | "stopSignal" | "writeOutput"
> {
  readonly stderr: ProgressOutput;
}

const pageSize = 500;

/** Writes the apps of a tenant as a report into a file, or to standard output. On a terminal a line says how far it is. */
export async function exportReport(
  { env, folder, stderr, isTerminal, stopSignal, writeOutput }: ExportContext,
  { tenant, ...flags }: ExportFlags,
  file?: string,
): Promise<void> {
  const named = parseTenant(tenant);
  const settings = readSettings({ options: flags, env, folder });
  const tenantId = chooseTenant(named, settings.tenants);
  const path = file === undefined || file === "-" ? undefined : resolvePath(folder, file);
  const own = ownFiles(settings, flags, folder);
  await tellStoreFaults(settings, stopSignal, async () => {
    const { store, unproven, checkUnchanged } = await openStoreToRead(settings);
    try {
      const tenants = await store.listTenants();
      // A store in which nothing is yet has nothing to export; one of other tenants was meant for another tenant.
      const mayLack = named === undefined && tenants.length === 0;
      if (!mayLack && !tenants.includes(tenantId)) {
        throw noSuchTenant(describeStore(settings.store), tenantId, tenants);
      }
      const apps = store.open({ tenantId, actor: "export", origin: "command" });
      const progress = createExportProgressLine();
      // On the terminal that shows the report the line would get into it.
      const shown = path === undefined && isTerminal ? undefined : stderr;
      // Counting reads every app, and only a person wants to know.
      if (shown?.isTTY === true) void progress.count(apps);
      const isErased = mayLack ? async () => false : await watchErasure(apps);
      async function* readAll(): AsyncGenerator<ReportEntry> {
        yield* readEntries(apps, progress.note);
        checkUnchanged();
        // A report that lacks apps must not look whole.
        if (await isErased()) throw erasedMeanwhile(tenantId);
      }
      await withProgress(shown, progress.describe, async () => {
        const report = writeReport(readAll());
        if (path !== undefined) return writeWhole(path, report, own, stopSignal());
        for await (const chunk of report) await writeOutput(chunk);
      });
      if (unproven !== undefined)
        stderr.write(`${describeUnproven(describeStore(settings.store), unproven, "report")}\n`);
    } finally {
      await store.close();
    }
  });
}

function erasedMeanwhile(tenantId: string): UserError {
  return new UserError(
    `The tenant ${tenantId} was erased while its apps were read. The report is not whole: export again what is left.`,
    { exit: exitCodes.unavailable, code: "Erased" },
  );
}

const named = z.object({
  id: z.string(),
  displayName: z.string().nullable(),
  publisher: z.string().nullable(),
});

/** Every app of a tenant, page by page. */
async function* readEntries(
  tenant: ImportingTenantStore,
  onRead: (apps: number) => void,
): AsyncGenerator<ReportEntry> {
  let cursor: string | undefined;
  let read = 0;
  do {
    const page = await tenant.listApps({ top: pageSize, cursor, orderBy: byId });
    for (const { type, properties, summary } of page.apps) {
      const app = { ...named.parse(JSON.parse(properties)), "@odata.type": type };
      const { id: _id, ...patch } = installSummarySchema.parse(JSON.parse(summary));
      yield { app, patch };
    }
    onRead((read += page.apps.length));
    cursor = page.next;
  } while (cursor !== undefined);
}

/** Writes a file beside it first, so that what has its name is always whole. Nothing is left of one that is stopped. */
async function writeWhole(
  target: string,
  report: AsyncIterable<Uint8Array>,
  own: OwnFiles,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { path } = findTarget(target, "apps.csv");
    refuseTextTarget(path, own);
    using draft = makeDraft(path, { suffix: ".part", mode: 0o666 });
    await using file = await open(draft.path, "w");
    for await (const chunk of report) {
      signal.throwIfAborted();
      await file.writeFile(chunk);
    }
    signal.throwIfAborted();
    await file.sync();
    await rename(draft.path, path);
  } catch (error) {
    // When reading the store fails, the file is not to blame.
    if (describeFault(error) === undefined) throw error;
    const message = `The file ${target} cannot be written: ${fileErrorText(error)}.`;
    throw new UserError(message, { ...faultEnd(error), cause: error });
  }
}
