import { ratioOf, type FutureVerdict, type Verdict } from "./judge.ts";
import type { Metric, Row } from "./measurement.ts";
import { lowestQuarter, median } from "./statistics.ts";

/** The rows of a run as a table: processor time of the cheapest quarter, medians, and the ratio to the first limit. */
export function formatMeasurements(rows: readonly Row[]): string {
  const cases = Map.groupBy(rows, (row) => `${row.suite}: ${row.case}`);
  return [...cases].map(([title, own]) => formatCase(title, own)).join("\n");
}

/** The verdicts, one line each. */
export function formatVerdicts(verdicts: readonly (Verdict | FutureVerdict)[]): string {
  const lines = verdicts.map((verdict) => {
    const start = `${verdict.verdict.padEnd(12)} ${verdict.target}`;
    if (verdict.verdict === "not built") return `${start}: needs ${verdict.needs}`;
    const { ratio, min, max, wanted, goal, floor } = verdict;
    const found = verdict.verdict === "not measured" ? "" : `: ${spread({ ratio, min, max })}`;
    return `${start}${found}, wanted ${wanted} ${goal}, floor ${floor}${formatBound(verdict)}`;
  });
  return `${lines.join("\n")}\n`;
}

function formatBound({ bound }: Verdict): string {
  if (bound === undefined) return "";
  const { limit, ratio, isBelowFloor } = bound;
  const note = isBelowFloor ? ", below the floor: on this disk nothing that commits so can reach it" : "";
  return `; ${limit} itself ${figure(ratio)}${note}`;
}

/** Three digits that count, thousands apart. */
export function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en-US");
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3, useGrouping: false });
}

const columns = [
  ["cpu each", "cpuUs", 1, " µs"],
  ["rate", "rate", 1, "/s"],
  ["p50", "p50Us", 1, " µs"],
  ["p99", "p99Us", 1, " µs"],
  ["max", "maxUs", 1, " µs"],
  ["memory", "rssBytes", 1e-6, " MB"],
  ["gzip", "bytes", 1e-3, " kB"],
  ["busy", "busy", 100, " %"],
  ["load busy", "loadBusy", 100, " %"],
  ["group", "groupSize", 1, ""],
] as const;

function formatCase(title: string, rows: readonly Row[]): string {
  const limit = rows.find(({ role }) => role !== "ours")?.variant;
  const metric = mainMetric(rows);
  const lines = [...Map.groupBy(rows, ({ variant }) => variant)].map(([variant, own]) => [
    variant,
    own[0]?.role ?? "",
    ...columns.map(([, name, scale, unit]) => {
      const values = own.flatMap((row) => row[name] ?? []);
      const value = name === "cpuUs" ? lowestQuarter(values) : median(values);
      return value === undefined ? "" : figure(value * scale) + unit;
    }),
    String(own.reduce((sum, { bad }) => sum + bad, 0)),
    limit === undefined || limit === variant ? "" : against(rows, metric, variant, limit),
  ]);
  const header = [
    "",
    "",
    ...columns.map(([name]) => name),
    "bad",
    limit === undefined ? "" : `${metric} over ${limit}`,
  ];
  return `${title}${disturbance(rows)}\n${align([header, ...lines])}`;
}

/** What a case is about: processor time, or else how long it takes or how large it is. */
function mainMetric(rows: readonly Row[]): Metric {
  const metrics: readonly Metric[] = ["cpuUs", "bytes", "maxUs"];
  return metrics.find((metric) => rows.some((row) => row[metric] !== undefined)) ?? "p50Us";
}

function against(rows: readonly Row[], metric: Metric, ours: string, over: string): string {
  const found = ratioOf(rows, { case: rows[0]?.case ?? "", metric, ours, over, wanted: "at most" });
  return found === undefined ? "" : spread(found);
}

function spread({ ratio, min, max }: Pick<Verdict, "ratio" | "min" | "max">): string {
  return `${figure(ratio)} (${figure(min)}–${figure(max)})`;
}

/** With many connections, a limit that leaves its core idle was kept from it by something else. */
function disturbance(rows: readonly Row[]): string {
  const rounds = new Set(rows.filter(isDisturbed).map(({ round }) => round));
  return rounds.size === 0 ? "" : `  (disturbed rounds: ${[...rounds].join(", ")})`;
}

function isDisturbed({ role, connections = 0, busy = 1 }: Row): boolean {
  return role === "limit" && connections >= 8 && busy < 0.7;
}

function align(lines: readonly (readonly string[])[]): string {
  const [first = []] = lines;
  const isUsed = first.map((_, at) => lines.slice(1).some((line) => (line[at] ?? "") !== ""));
  const widths = first.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? "").length)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .filter((_, at) => isUsed[at])
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `  ${line}\n`)
    .join("");
}
