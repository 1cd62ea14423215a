import { describeRejected, openReportFile, UserError, type UnopenedFacade } from "@install-summary/facade";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { sampleTenant } from "./project.ts";
import { shellWord } from "./shell-word.ts";

/** An open report: the named file, or the sample tenant. */
export interface Report extends AsyncDisposable {
  /** As a person typed it; undefined for the sample tenant. */
  readonly typed: string | undefined;
  readonly stream: () => ReadableStream<Uint8Array>;
}

/** What was loaded, in words. */
export interface Loaded {
  readonly summary: string;
  /** The number of rows that were rejected. */
  readonly rejected: number;
  /** Lines that say which rows were rejected, and why. */
  readonly rejectedLines: readonly string[];
}

/** Opens the report before any other work. Throws `UserError` if it cannot be read. */
export async function openReport(folder: string, typed: string | undefined): Promise<Report> {
  const file = await openReportFile(typed === undefined ? sampleTenant : resolve(folder, typed));
  return {
    typed,
    stream: () => Readable.toWeb(file.createReadStream({ autoClose: false })),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/**
 * Fills an empty store with the report. In a store with apps the sample is not needed, and any other report throws
 * `UserError`; the apps stay as they are.
 */
export async function loadApps(
  facade: UnopenedFacade,
  { typed, stream }: Report,
  data: string,
): Promise<Loaded | undefined> {
  if (!(await facade.isEmpty())) {
    if (typed === undefined) return undefined;
    throw new UserError(describeOccupied(typed, data));
  }
  const report = await facade.importReport(stream(), { actor: "start" });
  const apps = report.created === 1 ? "1 app" : `${report.created} apps`;
  const but = report.rejected === 0 ? "" : `, but ${describeCount(report.rejected)}`;
  const summary = `Loaded ${typed ?? "the sample tenant"}: ${apps}${but}.`;
  return { summary, rejected: report.rejected, rejectedLines: describeRejected(report) };
}

/** How many rows were rejected, as a part of a sentence. */
export function describeCount(rejected: number): string {
  return rejected === 1 ? "1 row was rejected" : `${rejected} rows were rejected`;
}

function describeOccupied(typed: string, data: string): string {
  const file = shellWord(typed);
  return (
    `${typed} was not read: the data folder ${data} has apps already. ` +
    `To add the file's apps to them: npx -y pnpm@12 facade import ${file} --data ${shellWord(data)} ` +
    `– or to begin elsewhere: npx -y pnpm@12 start --import ${file} --data DIR`
  );
}
