import type { Metric, Row } from "./measurement.ts";
import { ratiosOf, type Verdict } from "./judge.ts";
import { median } from "./statistics.ts";

/** The rows of a run as a table: medians, and ours and the peers against the first limit. */
export function writeTable(rows: readonly Row[]): string {
  const cases = Map.groupBy(rows, (row) => `${row.suite}: ${row.case}`);
  return [...cases].map(([title, own]) => writeCase(title, own)).join("\n");
}

/** What became of the targets, one line each. */
export function writeVerdicts(verdicts: readonly Verdict[]): string {
  const lines = verdicts.map(({ verdict, target, ratio, min, max, wanted, goal, floor }) => {
    const found = verdict === "not measured" ? "" : `: ${figure(ratio)} (${figure(min)}–${figure(max)})`;
    return `${verdict.padEnd(12)} ${target}${found}, wanted ${wanted} ${goal}, floor ${floor}`;
  });
  return `${lines.join("\n")}\n`;
}

function writeCase(title: string, rows: readonly Row[]): string {
  const limit = rows.find(({ role }) => role === "limit")?.variant;
  const variants = Map.groupBy(rows, ({ variant }) => variant);
  const metric = mainMetric(rows);
  const lines = [...variants].map(([variant, own]) => {
    const middle = (name: keyof Row): number | undefined =>
      median(own.flatMap((row) => (typeof row[name] === "number" ? [row[name]] : [])));
    return [
      variant,
      own[0]?.role ?? "",
      shown(middle("rate"), "/s"),
      shown(middle("p50Us"), " µs"),
      shown(middle("p99Us"), " µs"),
      shown(middle("cpuUs"), " µs"),
      shown(scaled(middle("rssBytes"), 1e6), " MB"),
      shown(scaled(middle("bytes"), 1000), " kB"),
      shown(scaled(middle("busy"), 0.01), " %"),
      String(own.reduce((sum, { bad }) => sum + bad, 0)),
      limit === undefined || limit === variant ? "" : against(rows, metric, variant, limit),
    ];
  });
  const header = [
    "",
    "",
    "rate",
    "p50",
    "p99",
    "cpu each",
    "memory",
    "gzip",
    "busy",
    "bad",
    limit === undefined ? "" : `${metric === "rate" ? "rate" : metric} of ${limit}`,
  ];
  return `${title}${disturbance(rows)}\n${align([header, ...lines])}`;
}

/** What a case is about: how much is done, or else how long or how large it is. */
function mainMetric(rows: readonly Row[]): Metric {
  const metrics: readonly Metric[] = ["rate", "bytes", "p50Us"];
  return metrics.find((metric) => rows.some((row) => row[metric] !== undefined)) ?? "rate";
}

function against(rows: readonly Row[], metric: Metric, ours: string, over: string): string {
  const ratios = ratiosOf(rows, { case: rows[0]?.case ?? "", metric, ours, over });
  const ratio = median(ratios);
  return ratio === undefined
    ? ""
    : `${figure(ratio)} (${figure(Math.min(...ratios))}–${figure(Math.max(...ratios))})`;
}

/** With many connections a limit that does not fill its core was kept from it by something else. */
function disturbance(rows: readonly Row[]): string {
  const rounds = new Set(rows.filter(isDisturbed).map(({ round }) => round));
  return rounds.size === 0 ? "" : `  (disturbed rounds: ${rounds.size})`;
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

function scaled(value: number | undefined, by: number): number | undefined {
  return value === undefined ? undefined : value / by;
}

function shown(value: number | undefined, unit: string): string {
  return value === undefined ? "" : figure(value) + unit;
}

/** Three digits that count, thousands apart. */
export function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en-US");
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3, useGrouping: false });
}
