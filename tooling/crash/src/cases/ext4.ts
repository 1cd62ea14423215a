import { copyFile, mkdir, truncate, writeFile } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { checkHistory } from "../check/check-history.ts";
import type { StoreEnd } from "../check/end.ts";
import { readEnd } from "../check/read-end.ts";
import { historyUntil } from "../history/history-until.ts";
import { mountImage, noDisk } from "../processes/disk.ts";
import { startFacade } from "../processes/facade.ts";
import { reasonAgainst } from "../processes/programs.ts";
import { diagnose } from "../site/diagnose.ts";
import { newFolder, openSite } from "../site/site.ts";
import { anyBetween, describeHistory, type Case } from "./case.ts";

// On a busy machine the log alone grows to 48 MiB before changes wait for it to be moved, and each cut adds about a megabyte.
const imageBytes = 128 * 1024 * 1024;

/**
 * A power cut on a real file system: ext4 in a file, which is copied while the facade is frozen. What only the system's memory holds is
 * not in the copy, as after a power cut of a disk without a memory of its own.
 */
export const ext4: Case = {
  name: "ext4",
  promise: "every acknowledged change is on a disk of ext4 whose power is cut, and the facade starts from it",
  rounds: { short: 2, long: 40 },
  missing: () => reasonAgainst("mkfs.ext4", "-V") ?? noDisk("ext4"),
  async run(rounds) {
    const folder = await newFolder();
    const image = join(folder, "image");
    const disk = join(folder, "disk");
    const copy = join(folder, "copy");
    const copied = join(folder, "copied");
    await Promise.all([mkdir(disk), mkdir(copied), writeFile(image, "")]);
    await truncate(image, imageBytes);
    const made = spawnSync("mkfs.ext4", ["-q", "-F", image], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(made.stderr);
    await using mounted = await mountImage(disk, image);
    await using site = await openSite({ folder, data: join(disk, "data"), within: mounted.within });
    await site.start();
    const load = await site.load();
    const faults: string[] = [];
    const found: { readonly moment: number; readonly end: StoreEnd }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await load.acknowledged(anyBetween(1, 150));
      const moment = performance.now();
      site.facade().signal("SIGSTOP");
      await copyFile(image, copy);
      site.facade().signal("SIGCONT");
      await using mountedCopy = await mountImage(copied, copy);
      const place = { data: join(copied, "data"), within: mountedCopy.within };
      const facade = await startFacade(place);
      found.push({ moment, end: await readEnd({ origin: facade.origin, token: site.token }) });
      await facade.end("SIGTERM");
      faults.push(...(await diagnose(place)));
    }
    // Only now it is known how all ended that was under way.
    const history = await load.stop();
    for (const { moment, end } of found) {
      faults.push(...checkHistory(historyUntil(history, moment), end).map(({ text }) => text));
    }
    return {
      faults: [...faults, ...(await site.judge(history))],
      told: `${rounds} cuts; ${describeHistory(history)}`,
    };
  },
};
