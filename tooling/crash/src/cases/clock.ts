import { globSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newFolder, openSite } from "../site/site.ts";
import { describeHistory, type Case } from "./case.ts";
import { until } from "./until.ts";

/** By how many seconds the clock differs from this machine's, one after the other. */
const offsets = [0, -3600, 86_400, -5400, 7200, 0];

/** Debian's package `faketime`. */
const libraries = "/usr/{lib,lib64,local/lib}/{,*/}faketime/libfaketimeMT.so.1";

/** The clock is set back by hours, and forth by a day. */
export const clock: Case = {
  name: "clock",
  promise: "the clock may be set back and forth: order, versions and cursors do not follow it",
  rounds: { short: 1, long: 20 },
  missing: () =>
    globSync(libraries).length === 0 ? "libfaketime is not installed (apt-get install faketime)" : undefined,
  async run(rounds) {
    const folder = await newFolder();
    const file = join(folder, "clock");
    const set = async (seconds: number): Promise<void> => {
      // A file that is half written would be no time.
      await writeFile(`${file}.new`, `${seconds < 0 ? "" : "+"}${seconds}\n`);
      await rename(`${file}.new`, file);
    };
    // The token is issued before all other times.
    await set(-10_000);
    const env = {
      LD_PRELOAD: globSync(libraries)[0] ?? "",
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      DONT_FAKE_MONOTONIC: "1",
    };
    await using site = await openSite({ folder, env });
    const { origin } = await site.start();
    const load = await site.load();
    for (const seconds of Array.from({ length: rounds }, () => offsets).flat()) {
      await set(seconds);
      await until(`the clock is ${seconds} seconds ahead`, async () => {
        const { headers } = await fetch(`${origin}/livez`);
        const ahead = (Date.parse(headers.get("date") ?? "") - Date.now()) / 1000;
        return Math.abs(ahead - seconds) < 30;
      });
      await load.acknowledged(50);
    }
    const history = await load.stop();
    return {
      faults: await site.judge(history),
      told: `set ${rounds * offsets.length} times; ${describeHistory(history)}`,
    };
  },
};
