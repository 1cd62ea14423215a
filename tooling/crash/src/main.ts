import { parseArgs } from "node:util";
import { cases } from "./cases/cases.ts";

const maxPrinted = 10;

const usage = `pnpm crash [CASE…] [--rounds N]

Disturbs the built facade under load, and compares what was acknowledged with what its store holds.

${cases.map(({ name, promise }) => `  ${name.padEnd(12)} ${promise}`).join("\n")}

  --rounds N   how often each is repeated; by default as often as a long run needs
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string" }, help: { type: "boolean", default: false } },
});
const unknown = positionals.find((name) => cases.every((one) => one.name !== name));
if (values.help) process.stdout.write(usage);
else if (unknown !== undefined || !/^[1-9][0-9]{0,5}$/.test(values.rounds ?? "1")) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else await runCases();

async function runCases(): Promise<void> {
  for (const { name, rounds, missing, run } of cases) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const reason = missing?.();
    if (reason !== undefined) {
      process.stdout.write(`skipped  ${name}: ${reason}\n`);
      continue;
    }
    const start = performance.now();
    const { faults, told } = await run(values.rounds === undefined ? rounds.long : Number(values.rounds));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${faults.length === 0 ? "ok  " : "FAIL"}     ${name}: ${told}; ${seconds} s\n`);
    for (const fault of faults.slice(0, maxPrinted)) process.stdout.write(`         ${fault}\n`);
    if (faults.length > maxPrinted) process.stdout.write(`         … ${faults.length} faults in all\n`);
    if (faults.length > 0) process.exitCode = 1;
  }
}
