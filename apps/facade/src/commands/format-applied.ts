import { counterNames, type InstallSummary, type MobileApp } from "@install-summary/core";
import { printableJson } from "@install-summary/command-line/text";
import type { DecidedRow } from "../import/create-decider.ts";

type Values = Readonly<Record<string, string | number | null>>;

/**
 * What a row makes of its app as a line of JSON: where the row is, the app, and its name, publisher and counters that differ,
 * before and after. Empty for a row that changes nothing. `names` are those of the files, where there are several.
 */
export function formatApplied({ row, decision, current }: DecidedRow, names: readonly string[]): string {
  if (decision.kind !== "created" && decision.kind !== "changed") return "";
  const before = valuesOf(current?.app, current?.summary);
  const after = { ...before, ...valuesOf(decision.app, decision.summary) };
  const changed = Object.keys(after).filter((name) => before[name] !== after[name]);
  const line = {
    ...(row.file !== undefined && { file: names[row.file - 1] }),
    line: row.line,
    id: row.app.id,
    displayName: after["displayName"],
    result: decision.kind,
    before: pick(before, changed),
    after: pick(after, changed),
  };
  return `${printableJson(line)}\n`;
}

function valuesOf(app: MobileApp | undefined, summary: InstallSummary | undefined): Values {
  return {
    ...(app !== undefined && { displayName: app.displayName, publisher: app.publisher }),
    ...(summary !== undefined && Object.fromEntries(counterNames.map((name) => [name, summary[name]]))),
  };
}

/** Those of the names that there is a value of. */
function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
