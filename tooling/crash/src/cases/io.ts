import { noStrace, withStrace } from "../processes/strace.ts";
import { openSite } from "../site/site.ts";
import { describeHistory, type Case } from "./case.ts";

/** F2: the disk refuses to write, and to keep what was written. */
export const io: Case = {
  name: "io",
  promise:
    "where the disk refuses writes and fsync, nothing is acknowledged, and the next change finds a sound store",
  rounds: { short: 2, long: 50 },
  missing: noStrace,
  async run(rounds) {
    await using site = await openSite();
    const within = withStrace(["fsync,fdatasync:error=EIO:when=20+97", "pwrite64:error=EIO:when=200+1003"]);
    await site.start({ within });
    const load = await site.load();
    const failures = (): number => load.history.changes.filter(({ told }) => told.endsWith("503")).length;
    for (let round = 0; round < rounds; round += 1) {
      const before = failures();
      while (failures() === before) await load.acknowledged(20);
    }
    const history = await load.stop();
    // What the disk refuses while it is judged is not what is judged.
    await site.facade().end("SIGKILL");
    await site.start();
    return { faults: await site.judge(history), told: describeHistory(history) };
  },
};
