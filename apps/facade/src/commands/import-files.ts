import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { withProgress } from "@install-summary/command-line/progress";
import type { ByteSource } from "@install-summary/core/report";
import { visibleText } from "@install-summary/core/text";
import { identifyFile, identifyInput, isSameFile } from "../files/file-identity.ts";
import { look } from "../files/look.ts";
import { resolvePath } from "../files/resolve-path.ts";
import { readSettings } from "../settings/read-settings.ts";
import { interruptedReading } from "../import/interrupted-import.ts";
import { importReport } from "../import/import-report.ts";
import { checkReportFile, readReportFile } from "../import/open-report-file.ts";
import { prepareFolder } from "../data-folder/prepare-folder.ts";
import { chooseTenant } from "./choose-tenant.ts";
import type { CommandContext } from "./command-context.ts";
import { currentUser } from "./current-user.ts";
import { describeStore } from "./describe-store.ts";
import type { Settings } from "../settings/settings.ts";
import { inImportTurn } from "../data-folder/import-turn.ts";
import { describeDone, describeImport } from "./describe-import.ts";
import { createImportProgressLine } from "./import-progress-line.ts";
import { openDiff } from "./open-diff.ts";
import { openSharedStore } from "./open-shared-store.ts";
import { ownFiles } from "./own-files.ts";
import type { SharedFlags } from "./setting-flags.ts";
import { parseTenant } from "./parse-tenant.ts";
import { tellStoreFaults } from "./tell-store-faults.ts";

/** The options as they were given. */
export interface ImportFlags extends SharedFlags {
  readonly tenant?: string;
  readonly dryRun?: boolean;
  readonly diff?: string;
  readonly missingAsZero?: boolean;
}

/** Other programs that write to the store wait for a batch; requests of a facade's own process do not. */
const batchMilliseconds = 100;

/** Imports files, `-` being standard input, as one report, and prints what became of its rows. */
export async function importFiles(
  context: CommandContext,
  { tenant, dryRun = false, diff, missingAsZero = false, ...flags }: ImportFlags,
  files: readonly string[],
): Promise<void> {
  const { env, folder, process, stderr, isTerminal, endWith, noteDone } = context;
  const named = parseTenant(tenant);
  const settings = readSettings({ options: flags, env, folder });
  const tenantId = chooseTenant(named, settings.tenants);
  const bytes = await measureFiles(files, folder);
  if (diff !== undefined) checkDiff(diff, files, folder);
  prepareFolder(settings.data);
  const names = files.map((file) => visibleText(file === "-" ? "standard input" : file, 256));
  const own = ownFiles(settings, flags, folder);
  const report = await tellStoreFaults(settings, context.stopSignal, async () => {
    const store = await openSharedStore(settings);
    await using opened = new AsyncDisposableStack();
    opened.defer(() => store.close());
    const { data: scratch, limits } = settings;
    const stop = context.stopSignal();
    const changes =
      diff === undefined
        ? undefined
        : opened.use(
            await openDiff(diff, { ...context, own, names, stop }).catch((error: unknown) => {
              throw stop.aborted ? interruptedReading(stop.reason) : error;
            }),
          );
    const progress = createImportProgressLine(dryRun ? "Comparing" : "Importing", bytes);
    // On the terminal that shows the list the line would get into it.
    const shown = diff === "-" && isTerminal ? undefined : stderr;
    const place = { store: settings.store, tenantId, dryRun };
    return await withProgress(shown, progress.describe, () =>
      inImportTurn(place, { taken: () => importRunning(tenantId, settings) }, () =>
        importReport(store, openSources(files, context, stop), {
          tenantId,
          actor: currentUser() ?? "import",
          dryRun,
          missingAsZero,
          names,
          scratch,
          limits,
          batchMilliseconds,
          stop,
          onProgress: progress.note,
          onApplied: changes?.write,
        }),
      ),
    );
  });
  noteDone(describeDone(report, dryRun));
  const output = diff === "-" ? stderr : process.stdout;
  for (const line of describeImport(report, dryRun, names)) output.write(`${line}\n`);
  if (report.rejected > 0) endWith(exitCodes.partly);
}

function importRunning(tenantId: string, { store }: Settings): UserError {
  return new UserError(
    `Another import of the tenant ${tenantId} into ${describeStore(store)} is running. Import again when it is done: the numbers of two reports would mix.`,
    { exit: exitCodes.unavailable, code: "ServiceUnavailable" },
  );
}

/** Checks that all files can be read before the first of them is; their size together, where all of it is known. */
async function measureFiles(files: readonly string[], folder: string): Promise<number | undefined> {
  if (files.indexOf("-") !== files.lastIndexOf("-")) {
    throw new UserError("- was given twice, and standard input can be read once.", { argument: "-" });
  }
  let bytes: number | undefined = 0;
  for (const file of files) {
    const size = file === "-" ? undefined : await checkReportFile(resolvePath(folder, file));
    bytes = bytes === undefined || size === undefined ? undefined : bytes + size;
  }
  return bytes;
}

function checkDiff(diff: string, files: readonly string[], folder: string): void {
  const identify = (file: string) =>
    file === "-" ? identifyInput() : look(resolvePath(folder, file), identifyFile);
  const found = diff === "-" ? undefined : look(resolvePath(folder, diff), identifyFile);
  if (found === undefined || !files.some((file) => isSameFile(identify(file), found))) return;
  throw new UserError(`--diff would write over the report ${diff}. Name another file.`, { argument: diff });
}

function openSources(
  files: readonly string[],
  { folder, stdin }: CommandContext,
  stop: AbortSignal,
): readonly ByteSource[] {
  return files.map((file) => {
    if (file !== "-") return readReportFile(resolvePath(folder, file), stop);
    const input = stdin();
    // It may say nothing for ever.
    stop.addEventListener("abort", () => input.destroy());
    return input;
  });
}
