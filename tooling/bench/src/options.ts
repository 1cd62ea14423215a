import { parseArgs } from "node:util";

export interface BenchOptions {
  readonly suites: readonly string[];
  readonly rounds: number;
  readonly json: string | undefined;
  readonly isFull: boolean;
  readonly isStrict: boolean;
}

export const usage = `pnpm bench [SUITE…] [--rounds N] [--json FILE] [--full] [--strict]

Measures what is built against what bounds it and against others, side by side and in turn. Only the ratios mean
anything on another machine.

  SUITE       core, http; all of them where none is named
  --rounds N  how often everything is measured, default 3
  --json FILE the rows and the verdicts as JSON
  --full      everything that a suite has, however long it takes
  --strict    exit 1 where a figure is below its floor
`;

/** What the command line asks for. Throws an error for people where that is nothing. */
export function readOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "3" },
      json: { type: "string" },
      full: { type: "boolean", default: false },
      strict: { type: "boolean", default: false },
    },
  });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no suite '${unknown}'. There are: ${known.join(", ")}.`);
  if (!/^[1-9][0-9]{0,2}$/.test(values.rounds)) {
    throw new Error(`--rounds must be a number from 1 to 999; got '${values.rounds}'.`);
  }
  return {
    suites: positionals.length === 0 ? known : positionals,
    rounds: Number(values.rounds),
    json: values.json,
    isFull: values.full,
    isStrict: values.strict,
  };
}
