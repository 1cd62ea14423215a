import { setTimeout as wait } from "node:timers/promises";
import { openSite } from "../site/site.ts";
import { describeHistory, type Case } from "./case.ts";

/** How long a response is waited for: a pause is longer, so that what was sent may come late. */
const timeout = 400;

/** The facade is frozen for longer than its callers wait, and goes on. */
export const pause: Case = {
  name: "pause",
  promise: "a facade that was frozen goes on with what its callers gave up, and nothing is there twice",
  rounds: { short: 1, long: 5 },
  async run(rounds) {
    await using site = await openSite();
    const { signal } = await site.start();
    const load = await site.load({ timeout });
    for (let round = 0; round < rounds; round += 1) {
      await load.acknowledged(100);
      signal("SIGSTOP");
      // In a long run it is as long as a machine that is moved to another host may be away.
      await wait(rounds > 1 ? 30_000 : 3 * timeout);
      signal("SIGCONT");
    }
    await load.acknowledged(100);
    const history = await load.stop();
    const late = history.changes.some(({ told }) => told.endsWith("timeout"));
    const faults = late ? [] : ["Each change was acknowledged in time."];
    return {
      faults: [...faults, ...(await site.judge(history))],
      told: `${rounds} pauses; ${describeHistory(history)}`,
    };
  },
};
