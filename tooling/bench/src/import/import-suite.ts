import { mkdir, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Case, Suite, SuiteOptions, Variant } from "../judging/measurement.ts";
import { scriptOf, startMeasured, usageAtEnd } from "../processes/child.ts";
import { builtFacade } from "../processes/programs.ts";
import type { ReportOptions } from "../sample/apps.ts";
import { writeReportFile } from "../sample/write-report-file.ts";

/** A program that imports into a new folder. */
interface ImportRun {
  readonly program: string;
  readonly args: (folder: string) => readonly string[];
  /** How many rows it is given. */
  readonly rows: number;
  /** What its standard output has at the end. */
  readonly prints: string;
}

/** The facade's import into an empty store against bare inserts of the same rows, and the memory that it needs. */
export async function openImportSuite({ isFull, isShort }: SuiteOptions): Promise<Suite> {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  const [few, many] = isShort ? [100, 1000] : isFull ? [100_000, 1_000_000] : [100_000, 300_000];
  const rows = isShort ? 1000 : isFull ? 1_000_000 : 100_000;

  const timing = { warmUp: async () => undefined };
  const cases: readonly Case[] = [
    {
      case: `import, ${rows} rows`,
      variants: [
        {
          variant: "facade",
          role: "ours",
          ...timing,
          measure: measureImport(folder, await facadeImport(folder, { apps: rows })),
        },
        {
          variant: "bare inserts",
          role: "limit",
          ...timing,
          measure: measureImport(folder, bareImport(rows)),
        },
      ],
    },
    {
      case: "import, half of the rows rejected",
      variants: await Promise.all(
        [few, many].map(async (apps): Promise<Variant> => ({
          variant: `${apps} rows`,
          role: "ours",
          ...timing,
          measure: measureImport(folder, await facadeImport(folder, { apps, isHalfRejected: true })),
        })),
      ),
    },
  ];
  return {
    rounds: 2,
    cases,
    targets: [
      {
        target: `import of ${rows} rows, of bare inserts into the same three tables`,
        case: `import, ${rows} rows`,
        metric: "cpuUs",
        ours: "facade",
        over: "bare inserts",
        wanted: "at least",
        goal: 0.75,
        floor: 0.6,
      },
      {
        target: `memory of an import, ${many} over ${few} rows, half of them rejected`,
        case: "import, half of the rows rejected",
        metric: "rssBytes",
        ours: `${many} rows`,
        over: `${few} rows`,
        wanted: "at most",
        goal: 1.1,
        floor: 1.3,
      },
    ],
    close: () => rm(folder, { recursive: true }),
  };
}

async function facadeImport(folder: string, options: ReportOptions): Promise<ImportRun> {
  const { apps: rows, isHalfRejected = false } = options;
  const report = join(folder, `${rows}${isHalfRejected ? "-half" : ""}.csv`);
  await writeReportFile(report, options);
  const created = isHalfRejected ? rows / 2 : rows;
  return {
    program: builtFacade,
    args: (data) => ["import", report, "--data", data],
    rows,
    prints: `${created} created, 0 changed, 0 unchanged, ${rows - created} rejected.\n`,
  };
}

function bareImport(rows: number): ImportRun {
  return {
    program: scriptOf("import/bare-import.ts"),
    args: (data) => [join(data, "bare.db"), String(rows)],
    rows,
    prints: `${rows} created\n`,
  };
}

function measureImport(folder: string, { program, args, rows, prints }: ImportRun): Variant["measure"] {
  return async () => {
    const data = await mkdtemp(join(folder, "run-"));
    const output = await open(join(data, "output.txt"), "w");
    const store = join(data, "store");
    await mkdir(store, { mode: 0o700 });
    const start = performance.now();
    const { cpuUs, peakBytes } = await usageAtEnd(startMeasured(program, args(store), output.fd));
    const seconds = (performance.now() - start) / 1000;
    await output.close();
    const printed = await readFile(join(data, "output.txt"), "utf8");
    await rm(data, { recursive: true });
    const bad = printed.endsWith(prints) ? 0 : rows;
    return { rate: rows / seconds, cpuUs: cpuUs / rows, rssBytes: peakBytes, bad };
  };
}
