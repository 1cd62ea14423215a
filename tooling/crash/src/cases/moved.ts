import { mkdir, rename, rm } from "node:fs/promises";
import { openSite } from "../site/site.ts";
import { describeHistory, type Case } from "./case.ts";

/** The exit code of a facade whose folder was moved. */
const unavailable = 7;

/** The data folder is moved away under the facade, and another folder takes its place. */
export const moved: Case = {
  name: "moved",
  promise: "a facade whose data folder is moved ends, and what it acknowledged went along",
  rounds: { short: 2, long: 50 },
  async run(rounds) {
    await using site = await openSite();
    const { data } = site.place;
    await site.start();
    const load = await site.load();
    const faults: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await load.acknowledged(100);
      await rename(data, `${data}.moved`);
      // Every second time an empty folder is in its place.
      if (round % 2 === 1) await mkdir(data, { mode: 0o700 });
      const exit = await site.facade().ended;
      if (exit !== unavailable) faults.push(`The facade ended with ${exit}: ${site.facade().output()}`);
      await rm(data, { recursive: true, force: true });
      await rename(`${data}.moved`, data);
      await site.start();
    }
    await load.acknowledged(100);
    const history = await load.stop();
    return {
      faults: [...faults, ...(await site.judge(history))],
      told: `moved ${rounds} times; ${describeHistory(history)}`,
    };
  },
};
