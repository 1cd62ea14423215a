import { writeFile } from "node:fs/promises";
import { readHead } from "./head.ts";
import { formatMeasurements, formatVerdicts } from "./judging/format-table.ts";
import { judge, postpone } from "./judging/judge.ts";
import { parseOptions, usage, type BenchOptions } from "./options.ts";
import { runSuite } from "./run-suite.ts";
import { suites } from "./suites.ts";

const args = process.argv.slice(2);
if (args.includes("--help")) process.stdout.write(usage);
else {
  let options: BenchOptions | undefined;
  try {
    options = parseOptions(args, Object.keys(suites));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
  if (options !== undefined) await bench(options);
}

async function bench({ suites: names, rounds, json, isFull, isStrict }: BenchOptions): Promise<void> {
  const head = await readHead();
  process.stdout.write(`${JSON.stringify(head, null, 1)}\n\n`);
  const rows = [];
  const verdicts = [];
  for (const name of names) {
    const open = suites[name];
    if (open === undefined) continue;
    const suite = await open({ isFull, isShort: false });
    try {
      const found = await runSuite(name, suite, rounds ?? suite.rounds, printProgress);
      const judged = [
        ...suite.targets.map((target) => judge(found, target)),
        ...(suite.future ?? []).map(postpone),
      ];
      process.stdout.write(`${formatMeasurements(found)}\n${formatVerdicts(judged)}\n`);
      rows.push(...found);
      verdicts.push(...judged);
    } finally {
      await suite.close();
    }
  }
  if (json !== undefined) await writeFile(json, `${JSON.stringify({ head, rows, verdicts }, null, 1)}\n`);
  if (isStrict && verdicts.some(({ verdict }) => verdict === "below floor")) process.exitCode = 1;
}

function printProgress(text: string): void {
  process.stderr.write(`${text}\n`);
}
