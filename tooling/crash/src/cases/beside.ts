import { counterNames } from "@install-summary/core";
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runFacade } from "../processes/facade.ts";
import { noStrace, withStrace } from "../processes/strace.ts";
import { openSite, type Site } from "../site/site.ts";
import { anyBetween, describeHistory, type Case } from "./case.ts";

const apps = 2000;

/** An import of another process writes into the store of the facade, and is killed at any write. */
export const beside: Case = {
  name: "beside",
  promise:
    "an import that is killed beside the facade disturbs no other change, and goes on where it was cut off",
  rounds: { short: 2, long: 60 },
  missing: noStrace,
  async run(rounds) {
    await using site = await openSite();
    await site.start();
    // A tenant has one import at a time: one by a request would make the command wait, and then refuse.
    const load = await site.load({ workers: { imports: 0 } });
    const faults: string[] = [];
    const report = join(site.folder, "report.csv");
    let writes = 1500;
    for (let round = 0; round < rounds; round += 1) {
      writes = await killImport(site, report, writes);
      const again = await runFacade(site.place, "import", report);
      const [, created, unchanged] =
        /^(\d+) created, 0 changed, (\d+) unchanged, 0 rejected/.exec(again.output) ?? [];
      if (again.exit !== 0 || Number(created) + Number(unchanged) !== apps) {
        faults.push(`The same import ended with ${again.exit}: ${again.output}`);
      }
    }
    const history = await load.stop();
    return {
      faults: [...faults, ...(await site.judge(history))],
      told: `${rounds} imports killed; ${describeHistory(history)}`,
    };
  },
};

/**
 * Imports a report about new apps and kills it at any of so many writes; returns how many there are. SQLite decides how
 * often it writes: an import that ends before it is killed has fewer, and another one is killed earlier.
 */
async function killImport(site: Site, report: string, writes: number): Promise<number> {
  if (writes === 0) throw new Error("An import writes nothing.");
  await writeFile(report, formatReport());
  const last = anyBetween(1, writes);
  const within = withStrace([`pwrite64:signal=SIGKILL:when=${last}`]);
  const { exit } = await runFacade({ ...site.place, within }, "import", report);
  return exit === null ? writes : killImport(site, report, last - 1);
}

/** A report about new apps. */
function formatReport(): string {
  const columns = [
    "ApplicationId",
    "DisplayName",
    ...counterNames.map((name) => name[0]?.toUpperCase() + name.slice(1)),
  ];
  const lines = Array.from({ length: apps }, (_, number) => [
    randomUUID(),
    `App ${number}`,
    ...counterNames.map(() => number),
  ]);
  return [columns, ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}
