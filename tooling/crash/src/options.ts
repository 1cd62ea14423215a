import { parseArgs } from "node:util";

/** What a run was asked for. */
export interface CrashOptions {
  /** The names of the cases that run. */
  readonly names: readonly string[];
  /** How often each is repeated; undefined for what a long run needs. */
  readonly rounds: number | undefined;
}

/** Parses the command line. Throws what is wrong with it. */
export function parseOptions(args: readonly string[], known: readonly string[]): CrashOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { rounds: { type: "string" } },
  });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`Unknown case '${unknown}'. Cases: ${known.join(", ")}.`);
  const { rounds } = values;
  if (rounds !== undefined && !/^[1-9][0-9]{0,5}$/.test(rounds)) {
    throw new Error(`--rounds must be a number from 1 to 999999; got '${rounds}'.`);
  }
  return {
    names: positionals.length === 0 ? known : positionals,
    rounds: rounds === undefined ? undefined : Number(rounds),
  };
}
