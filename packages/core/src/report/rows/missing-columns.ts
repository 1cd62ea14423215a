import { counterNames, type CounterName } from "../../resource/counters.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";

/** A counter's column as the report spells it: `FailedDeviceCount`. */
export function columnOf(name: CounterName): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * The columns of the counters that a row lacks, as the report spells them. An app keeps what it had there, so tell them: a
 * column that the file spells otherwise is among them.
 */
export function missingColumns(patch: InstallSummaryPatch): readonly string[] {
  return counterNames.filter((name) => patch[name] === undefined).map(columnOf);
}
