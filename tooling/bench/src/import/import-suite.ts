import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Suite, SuiteOptions, Variant } from "../judging/measurement.ts";
import { startMeasured, usageAtEnd } from "../processes/child.ts";
import { startLoad } from "../processes/load-generator.ts";
import { writeReportFile } from "../sample/write-report-file.ts";
import {
  bareExport,
  bareRun,
  facadeAgain,
  facadeDryRun,
  facadeExport,
  facadeImport,
  measureRun,
  type ImportRun,
} from "./import-runs.ts";
import { importTargets } from "./import-targets.ts";
import { livezCase, livezTarget } from "./livez-case.ts";
import { openPostgresImport } from "./postgres-import.ts";

/** Imports into an empty store and into a full one, and exports, against bare statements; and the memory that they need. */
export async function openImportSuite({ isFull, isShort }: SuiteOptions): Promise<Suite> {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  const [few, many] = isShort ? [100, 1000] : isFull ? [100_000, 1_000_000] : [100_000, 300_000];
  const rows = isFull ? many : few;
  const reportOf = async (apps: number, isHalfRejected = false): Promise<string> => {
    const report = join(folder, `${apps}${isHalfRejected ? "-half" : ""}.csv`);
    await writeReportFile(report, { apps, isHalfRejected });
    return report;
  };
  const store = join(folder, "full");
  await mkdir(store, { mode: 0o700 });
  const report = await reportOf(rows);
  const importing = facadeImport(report, rows);
  const inserting = bareRun(rows, "insert sorted");
  // The store in which all apps are there has the apps of both sides.
  for (const { program, args } of [importing, inserting]) {
    await usageAtEnd(startMeasured(program, args(store, "")));
  }

  const ours = (variant: string, run: ImportRun, filled?: string): Variant => ({
    variant,
    role: "ours",
    warmUp: async () => undefined,
    measure: measureRun(folder, run, filled),
  });
  const limit = (...args: Parameters<typeof ours>): Variant => ({ ...ours(...args), role: "limit" });
  const halfRejected = async (apps: number): Promise<Variant> =>
    ours(`${apps} rows`, facadeImport(await reportOf(apps, true), apps, apps / 2));
  const load = startLoad();
  const postgres = await openPostgresImport({ folder, report, rows });
  return {
    rounds: 2,
    cases: [
      {
        case: `import, ${rows} rows`,
        variants: [
          ours("facade", importing),
          limit("bare inserts", bareRun(rows, "insert")),
          limit("bare inserts, sorted", inserting),
        ],
      },
      {
        case: `import again, ${rows} rows`,
        variants: [
          ours("facade", facadeAgain(report, rows), store),
          ours("facade, dry run", facadeDryRun(report, rows), store),
          limit("bare reads, sorted", bareRun(rows, "read"), store),
        ],
      },
      {
        case: `export, ${rows} apps`,
        variants: [ours("facade", facadeExport(rows), store), limit("bare query", bareExport(rows), store)],
      },
      {
        case: "import, half of the rows rejected",
        variants: [await halfRejected(few), await halfRejected(many)],
      },
      livezCase({ folder, report, rows, load, milliseconds: isShort ? 40 : 500 }),
      ...postgres.cases,
    ],
    targets: [...importTargets({ rows, few, many }), livezTarget(rows), ...postgres.targets],
    future: postgres.future,
    close: async () => {
      await postgres[Symbol.asyncDispose]();
      await load.close();
      await rm(folder, { recursive: true });
    },
  };
}
