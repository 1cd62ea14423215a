import { openSite } from "../site/site.ts";
import { anyBetween, describeHistory, type Case } from "./case.ts";

/** The facade is killed in the midst of its commits, again and again. */
export const kill: Case = {
  name: "kill",
  promise: "every acknowledged change outlives a kill, and the facade starts again without repair",
  rounds: { short: 12, long: 1000 },
  async run(rounds) {
    await using site = await openSite();
    await site.start();
    const load = await site.load();
    for (let round = 0; round < rounds; round += 1) {
      // The later ones of ten are long enough for much to be in the log.
      await load.acknowledged(anyBetween(1, round % 10 === 9 ? 600 : 30));
      await site.facade().end("SIGKILL");
      await site.start();
    }
    const history = await load.stop();
    return { faults: await site.judge(history), told: `${rounds} kills; ${describeHistory(history)}` };
  },
};
