import { parseArgs } from "node:util";

/** What is measured, how often, and where the results go. */
export interface BenchOptions {
  readonly suites: readonly string[];
  /** Undefined for what each suite needs. */
  readonly rounds: number | undefined;
  readonly json: string | undefined;
  readonly isFull: boolean;
  readonly isStrict: boolean;
}

/** How `pnpm bench` is called. */
export const usage = `pnpm bench [SUITE…] [--rounds N] [--json FILE] [--full] [--strict]

Measures the product against what bounds it and against others, side by side and in turn, and judges it by processor time.
Only the ratios carry over to another machine.

  SUITE       core, cli, http, https, store, import, growth, postgres, tui; all of them by default
  --rounds N  how often every variant is measured; by default what each suite needs
  --json FILE write the rows and the verdicts as JSON
  --full      everything that a suite has, however long it takes
  --strict    exit with 1 if a ratio is below its floor
`;

/** What the command line asks for. Throws an error whose message is for people if an argument is wrong. */
export function parseOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: "string" },
      json: { type: "string" },
      full: { type: "boolean", default: false },
      strict: { type: "boolean", default: false },
    },
  });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`Unknown suite '${unknown}'. Suites: ${known.join(", ")}.`);
  const { rounds, json, full, strict } = values;
  if (rounds !== undefined && !/^[1-9][0-9]{0,2}$/.test(rounds)) {
    throw new Error(`--rounds must be a number from 1 to 999; got '${rounds}'.`);
  }
  return {
    suites: positionals.length === 0 ? known : positionals,
    rounds: rounds === undefined ? undefined : Number(rounds),
    json,
    isFull: full,
    isStrict: strict,
  };
}
