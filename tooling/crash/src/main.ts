import { constants } from "node:os";
import type { Case, Verdict } from "./cases/case.ts";
import { cases } from "./cases/cases.ts";
import { parseOptions, type CrashOptions } from "./options.ts";

const maxPrinted = 10;

const usage = `pnpm crash [CASE…] [--rounds N]

Disturbs the built facade under load, and compares what was acknowledged with what its store holds.

${cases.map(({ name, promise }) => `  ${name.padEnd(12)} ${promise}`).join("\n")}

  --rounds N   how often each is repeated; by default as often as a long run needs
`;

// What a case has started ends when this process exits, which a signal alone does not bring about.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

const args = process.argv.slice(2);
if (args.includes("--help")) process.stdout.write(usage);
else {
  let options: CrashOptions | undefined;
  try {
    options = parseOptions(
      args,
      cases.map(({ name }) => name),
    );
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
  if (options !== undefined) await runCases(options);
}

async function runCases({ names, rounds: asked }: CrashOptions): Promise<void> {
  for (const one of cases) {
    const { name, rounds, missing } = one;
    if (!names.includes(name)) continue;
    const reason = missing?.();
    if (reason !== undefined) {
      process.stdout.write(`skipped  ${name}: ${reason}\n`);
      continue;
    }
    const start = performance.now();
    const { faults, told } = await runCase(one, asked ?? rounds.long);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${faults.length === 0 ? "ok  " : "FAIL"}     ${name}: ${told}; ${seconds} s\n`);
    for (const fault of faults.slice(0, maxPrinted)) process.stdout.write(`         ${fault}\n`);
    if (faults.length > maxPrinted) process.stdout.write(`         … ${faults.length} faults in all\n`);
    if (faults.length > 0) process.exitCode = 1;
  }
}

/** Runs a case. An error ends this one alone, as a fault. */
async function runCase({ run }: Case, rounds: number): Promise<Verdict> {
  try {
    return await run(rounds);
  } catch (error) {
    return { faults: [String(error)], told: "ended by an error" };
  }
}
