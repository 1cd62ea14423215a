import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { noStrace, withStrace } from "../processes/strace.ts";
import { openSite } from "../site/site.ts";
import { anyBetween, describeHistory, type Case } from "./case.ts";
import { until } from "./until.ts";

/** Reports of so many apps fill the write-ahead log quickly. */
const apps = 1000;

/** Kills and refused writes in the thread that moves changes from the write-ahead log into the store's file. */
export const checkpoint: Case = {
  name: "checkpoint",
  promise: "a facade that is killed while it moves changes into its file, or cannot move them, loses none",
  rounds: { short: 2, long: 40 },
  missing: noStrace,
  async run(rounds) {
    await using site = await openSite();
    const paths = [join(site.place.data, "install-summary.db")];
    const output = join(site.folder, "injected");
    await site.start();
    const load = await site.load({ apps });
    let kills = 0;
    for (let round = 0; round < rounds; round += 1) {
      await site.facade().end("SIGKILL");
      // Only the thread writes into the file itself while the facade serves.
      const isKill = round % 2 === 0;
      const what = isKill ? "signal=SIGKILL" : "error=EIO";
      const injection = `pwrite64:${what}:when=${anyBetween(1, 200)}${isKill ? "" : "..400"}`;
      await site.start({ within: withStrace([injection], { paths, output }) });
      if (isKill) {
        await site.facade().ended;
        await site.start();
        kills += 1;
      } else {
        await until("a write is refused", async () =>
          (await readFile(output, "utf8")).includes("(INJECTED)"),
        );
        await load.acknowledged(apps);
      }
    }
    const history = await load.stop();
    await site.facade().end("SIGKILL");
    await site.start();
    return {
      faults: await site.judge(history),
      told: `${kills} kills, refused ${rounds - kills} times; ${describeHistory(history)}`,
    };
  },
};
