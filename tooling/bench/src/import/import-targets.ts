import type { Target } from "../judging/measurement.ts";

/** How many rows the suite imports: against the limits, and few and many for the memory. */
export interface ImportSizes {
  readonly rows: number;
  readonly few: number;
  readonly many: number;
}

/** What an import is to reach. */
export function importTargets({ rows, few, many }: ImportSizes): readonly Target[] {
  return [
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
      target: `import of ${rows} rows that change nothing, over bare reads of the same apps`,
      case: `import again, ${rows} rows`,
      metric: "cpuUs",
      ours: "facade",
      over: "bare reads, sorted",
      wanted: "at most",
      goal: 1.8,
      floor: 2.5,
    },
    {
      target: `dry run of the same ${rows} rows, over their import`,
      case: `import again, ${rows} rows`,
      metric: "cpuUs",
      ours: "facade, dry run",
      over: "facade",
      wanted: "at most",
      goal: 1.1,
      floor: 1.4,
    },
    {
      target: `export of ${rows} apps, over a bare query that writes the same`,
      case: `export, ${rows} apps`,
      metric: "cpuUs",
      ours: "facade",
      over: "bare query",
      wanted: "at most",
      goal: 1.5,
      floor: 2,
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
  ];
}
