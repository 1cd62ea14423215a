import { readEnd } from "../check/read-end.ts";
import { stampCounter } from "../history/history.ts";
import { openSite } from "../site/site.ts";
import { describeHistory, type Case } from "./case.ts";

/** The maximum time that a facade may take to end, in milliseconds. */
const maxTime = 10_000;

/** The facade is asked to end in the midst of its load, as in every upgrade. */
export const stop: Case = {
  name: "stop",
  promise:
    "a facade that is asked to end under load ends in order and in time, and has made no change that it did not acknowledge",
  rounds: { short: 2, long: 100 },
  async run(rounds) {
    await using site = await openSite();
    await site.start();
    const load = await site.load();
    const faults: string[] = [];
    let longest = 0;
    for (let round = 0; round < rounds; round += 1) {
      await load.acknowledged(50);
      const start = performance.now();
      const exit = await site.facade().end(round % 2 === 0 ? "SIGTERM" : "SIGINT");
      longest = Math.max(longest, performance.now() - start);
      if (exit !== 0) faults.push(`The facade ended with ${exit}: ${site.facade().output()}`);
      await site.start();
    }
    const history = await load.stop();
    const { log } = await readEnd({ origin: site.facade().origin, token: site.token });
    const made = new Set(log.map(({ after }) => after[stampCounter]));
    const silent = history.changes.filter(({ outcome, stamp }) => outcome === "unknown" && made.has(stamp));
    faults.push(...new Set(silent.map(({ told }) => `A change was made without a success: ${told}.`)));
    if (longest > maxTime) faults.push(`The facade took ${Math.round(longest)} ms to end.`);
    return {
      faults: [...faults, ...(await site.judge(history))],
      told: `ended ${rounds} times, in ${Math.round(longest)} ms at most; ${describeHistory(history)}`,
    };
  },
};
