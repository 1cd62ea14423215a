import { exitCodes, UserError } from "@install-summary/command-line/errors";
import type { ByteSource } from "@install-summary/core/report";
import { visibleText } from "@install-summary/core/text";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { readSettings } from "../settings/read-settings.ts";
import { importReport } from "../import/import-report.ts";
import { checkReportFile, readReportFile } from "../import/open-report-file.ts";
import { openStore } from "../open-store.ts";
import { prepareFolder } from "../data-folder/prepare-folder.ts";
import { chooseTenant } from "./choose-tenant.ts";
import type { CommandContext } from "./command-context.ts";
import { currentUser } from "./current-user.ts";
import { describeDone, describeImport } from "./describe-import.ts";
import type { SharedFlags } from "./setting-flags.ts";
import { parseTenant } from "./parse-tenant.ts";

/** The options as they were given. */
export interface ImportFlags extends SharedFlags {
  readonly tenant?: string;
  readonly dryRun?: boolean;
  readonly missingAsZero?: boolean;
}

/** Imports files, `-` being standard input, as one report, and prints what became of its rows. */
export async function importFiles(
  { env, folder, process, stdin, endWith, noteDone }: CommandContext,
  { tenant, dryRun = false, missingAsZero = false, ...flags }: ImportFlags,
  files: readonly string[],
): Promise<void> {
  const named = parseTenant(tenant);
  const settings = readSettings({ options: flags, env, folder });
  const tenantId = chooseTenant(named, settings.tenants);
  const sources = await openFiles(files, folder, stdin);
  prepareFolder(settings.data);
  const store = await openStore(settings);
  try {
    const { data: scratch, limits } = settings;
    const names = files.map((file) => visibleText(file === "-" ? "standard input" : file, 256));
    const options = {
      tenantId,
      actor: currentUser() ?? "import",
      dryRun,
      missingAsZero,
      names,
      scratch,
      limits,
    };
    const report = await importReport(store, sources, options);
    noteDone(describeDone(report, dryRun));
    for (const line of describeImport(report, dryRun, names)) process.stdout.write(`${line}\n`);
    if (report.rejected > 0) endWith(exitCodes.partly);
  } finally {
    await store.close();
  }
}

/** Checks that all files can be read before the first of them is. */
async function openFiles(
  files: readonly string[],
  folder: string,
  stdin: () => Readable,
): Promise<readonly ByteSource[]> {
  if (files.indexOf("-") !== files.lastIndexOf("-")) {
    throw new UserError("- was given twice, and standard input can be read once.", { argument: "-" });
  }
  for (const file of files) if (file !== "-") await checkReportFile(resolve(folder, file));
  return files.map((file) => (file === "-" ? stdin() : readReportFile(resolve(folder, file))));
}
