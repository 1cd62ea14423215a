import { exitCodes } from "@install-summary/command-line/errors";
import { userInfo } from "node:os";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { developmentTenantId } from "../identity/development/development-issuer.ts";
import { readSettings } from "../settings/read-settings.ts";
import { importReport } from "../import/import-report.ts";
import { openReportFile } from "../import/open-report-file.ts";
import { openStore } from "../open-store.ts";
import { prepareFolder } from "../data-folder/prepare-folder.ts";
import type { CommandContext } from "./command-context.ts";
import { describeImport } from "./describe-import.ts";
import type { SharedFlags } from "./setting-flags.ts";
import { parseTenant } from "./parse-tenant.ts";

/** The options as they were given. */
export interface ImportFlags extends SharedFlags {
  readonly tenant?: string;
  readonly dryRun?: boolean;
  readonly missingAsZero?: boolean;
}

/** Imports a file and prints what became of its rows. */
export async function importFile(
  { env, folder, process, endWith }: CommandContext,
  { tenant, dryRun = false, missingAsZero = false, ...flags }: ImportFlags,
  path: string,
): Promise<void> {
  const tenantId = parseTenant(tenant) ?? developmentTenantId;
  const settings = readSettings({ options: flags, env, folder });
  await using file = await openReportFile(resolve(folder, path));
  prepareFolder(settings.data);
  const store = await openStore(settings);
  try {
    const { data: scratch, limits } = settings;
    const options = { tenantId, actor: currentUser(), dryRun, missingAsZero, scratch, limits };
    const report = await importReport(store, Readable.toWeb(file.createReadStream()), options);
    for (const text of describeImport(report, dryRun)) process.stdout.write(text);
    if (report.rejected.length > 0) endWith(exitCodes.partly);
  } finally {
    await store.close();
  }
}

/** The user of this machine by name; containers run users without a name. */
function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "import";
  }
}
