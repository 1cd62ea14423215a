import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Variant } from "../judging/measurement.ts";
import { scriptOf, startMeasured, usageAtEnd } from "../processes/child.ts";
import { builtFacade, plainEnvironment } from "../processes/programs.ts";

/** A program that imports or exports once. */
export interface ImportRun {
  readonly program: string;
  /** Its arguments, for a folder with the store and a file that it may write. */
  readonly args: (store: string, file: string) => readonly string[];
  /** How many rows it is given, or finds. */
  readonly rows: number;
  /** What its standard output has at the end. */
  readonly prints: string;
  /** How many lines it writes into the file, if any. */
  readonly lines?: number;
  /** Variables that it has beside the usual ones. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The facade's import of a report of new apps. */
export function facadeImport(report: string, rows: number, rejected = 0): ImportRun {
  return {
    program: builtFacade,
    args: (store) => ["import", report, "--data", store],
    rows,
    prints: `${rows - rejected} created, 0 changed, 0 unchanged, ${rejected} rejected.\n`,
  };
}

/** The facade's import of a report whose apps are all there. */
export function facadeAgain(report: string, rows: number): ImportRun {
  const prints = `0 created, 0 changed, ${rows} unchanged, 0 rejected.\n`;
  return { ...facadeImport(report, rows), prints };
}

/** The facade's dry run of such a report. */
export function facadeDryRun(report: string, rows: number): ImportRun {
  const { program, prints } = facadeAgain(report, rows);
  const args = (store: string): readonly string[] => ["import", report, "--dry-run", "--data", store];
  return { program, args, rows, prints: `${prints}This was a dry run: nothing was changed.\n` };
}

/** The facade's export of all apps. */
export function facadeExport(rows: number): ImportRun {
  return {
    program: builtFacade,
    args: (store, file) => ["export", file, "--data", store],
    rows,
    prints: "",
    lines: rows + 1,
  };
}

/** One of the limits of an import. */
export function bareRun(rows: number, kind: "insert" | "insert sorted" | "read"): ImportRun {
  return {
    program: scriptOf("import/bare-import.ts"),
    args: (store) => [join(store, "bare.db"), String(rows), kind],
    rows,
    prints: `${rows} ${kind === "read" ? "unchanged" : "created"}\n`,
  };
}

/** The limit of an export. */
export function bareExport(rows: number): ImportRun {
  return {
    program: scriptOf("import/bare-export.ts"),
    args: (store, file) => [join(store, "bare.db"), file],
    rows,
    prints: "",
    lines: rows,
  };
}

/** Measures a run with a store that is there, or with a new one. */
export function measureRun(folder: string, run: ImportRun, store?: string): Variant["measure"] {
  return async () => {
    const data = await mkdtemp(join(folder, "run-"));
    const output = await open(join(data, "output.txt"), "w");
    const fresh = join(data, "store");
    await mkdir(fresh, { mode: 0o700 });
    const file = join(data, "file.csv");
    const start = performance.now();
    const child = startMeasured(run.program, run.args(store ?? fresh, file), output.fd, {
      ...plainEnvironment,
      ...run.env,
    });
    const { cpuUs, peakBytes } = await usageAtEnd(child);
    const seconds = (performance.now() - start) / 1000;
    await output.close();
    const printed = await readFile(join(data, "output.txt"), "utf8");
    const isRight = printed.endsWith(run.prints) && (await countLines(file, run.lines)) === run.lines;
    await rm(data, { recursive: true });
    const { rows } = run;
    return { rate: rows / seconds, cpuUs: cpuUs / rows, rssBytes: peakBytes, bad: isRight ? 0 : rows };
  };
}

async function countLines(file: string, wanted: number | undefined): Promise<number | undefined> {
  if (wanted === undefined) return undefined;
  let lines = 0;
  for await (const _ of createInterface({ input: createReadStream(file) })) lines += 1;
  return lines;
}
