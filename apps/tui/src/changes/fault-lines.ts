import type { GraphError } from "@install-summary/core";
import type { GivenPatch } from "./printed-summary.ts";

/** The faults of a JSON patch, each with the line that it is on; one without a fault of its own has its message. */
export function faultLines(
  { faults, message }: GraphError,
  lineOf: GivenPatch["lineOf"],
): readonly [string, ...string[]] {
  const [first, ...others] = faults.map((fault) => {
    const line = lineOf(fault);
    return line === undefined ? fault.message : `line ${line}: ${fault.message}`;
  });
  return [first ?? message, ...others];
}
