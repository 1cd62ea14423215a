import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mountMemory, noDisk } from "../processes/disk.ts";
import { newFolder, openSite } from "../site/site.ts";
import { describeHistory, type Case } from "./case.ts";
import { until } from "./until.ts";

// On a busy machine the log alone grows to 48 MiB before changes wait for it to be moved.
const diskKibibytes = 160 * 1024;
/** So many changes fit into the part of the log that is used anew: then a full disk refuses none. */
const enough = 2000;

/** The disk of the store has no room, and then has room again. */
export const full: Case = {
  name: "full",
  promise: "on a full disk changes are refused and reads go on, and all works again when there is room",
  rounds: { short: 1, long: 40 },
  missing: () => noDisk("tmpfs"),
  async run(rounds) {
    const folder = await newFolder();
    const disk = join(folder, "disk");
    await mkdir(disk);
    await using mounted = await mountMemory(disk, diskKibibytes);
    await using site = await openSite({ folder, store: join(disk, "store.db"), within: mounted.within });
    const { origin } = await site.start();
    const isReady = async (): Promise<boolean> => (await fetch(`${origin}/readyz`)).ok;
    const ballast = join(mounted.path, "ballast");
    const load = await site.load();
    for (let round = 0; round < rounds; round += 1) {
      await fill(ballast);
      const { length: sent } = load.history.changes;
      await until(
        "the disk is full",
        async () => !(await isReady()) || load.history.changes.length > sent + enough,
      );
      const { length } = load.history.seen;
      await until("reads go on", () => load.history.seen.length > length + 20);
      await rm(ballast);
      await until("the facade is ready again", isReady);
      await load.acknowledged(50);
    }
    const history = await load.stop();
    return { faults: await site.judge(history), told: `full ${rounds} times; ${describeHistory(history)}` };
  },
};

/** Writes a file until the disk has no room for more of it. */
async function fill(file: string): Promise<void> {
  try {
    await writeFile(file, new Uint8Array(diskKibibytes * 1024));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}
