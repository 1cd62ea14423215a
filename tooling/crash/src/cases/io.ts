import { join } from "node:path";
import { noStrace, withStrace } from "../processes/strace.ts";
import { openSite } from "../site/site.ts";
import { describeHistory, type Case } from "./case.ts";

/** What the disk refuses, one round after the other: each so many calls, so that much goes well in between. */
const refusals = ["fsync,fdatasync:error=EIO:when=20+97", "pwrite64:error=EIO:when=200+503"];

/** The disk refuses to write, and to keep what was written. */
export const io: Case = {
  name: "io",
  promise:
    "where the disk refuses calls, what it refuses is not acknowledged, and the next change finds a sound store",
  rounds: { short: 2, long: 60 },
  missing: noStrace,
  async run(rounds) {
    await using site = await openSite();
    const file = join(site.place.data, "install-summary.db");
    await site.start();
    const load = await site.load();
    const failures = (): number =>
      [...load.history.responses].reduce((sum, [told, count]) => sum + (told.endsWith("503") ? count : 0), 0);
    for (let round = 0; round < rounds; round += 1) {
      await site.facade().end("SIGKILL");
      const injection = refusals[round % refusals.length] ?? "";
      await site.start({ within: withStrace([injection], { paths: [file, `${file}-wal`] }) });
      const before = failures();
      while (failures() === before) await load.acknowledged(20);
      await load.acknowledged(100);
    }
    const history = await load.stop();
    // What the disk refuses while it is judged is not what is judged.
    await site.facade().end("SIGKILL");
    await site.start();
    return { faults: await site.judge(history), told: describeHistory(history) };
  },
};
