// Started by store-faults.test.ts on a small disk that is its own: opens a new store with less and less room on the disk,
// then the same file with room, and prints for each how the first opening ended, what it left, and if the second worked.
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";

const [disk = ""] = process.argv.slice(2);
const ballast = join(disk, "ballast");
const folder = join(disk, "data");
const file = join(folder, "store.db");

async function endOf(open: () => ReturnType<typeof openSqliteStore>): Promise<string> {
  try {
    await (await open()).close();
    return "opened";
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message.replace(file, "FILE")}` : String(error);
  }
}

const ends = [];
for (let kibibytes = 200; kibibytes >= 0; kibibytes -= 4) {
  mkdirSync(folder);
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, new Uint8Array(Math.max(bavail * bsize - kibibytes * 1024, 0)));
  const end = await endOf(() => openSqliteStore({ file }));
  const left = readdirSync(folder).filter((name) => !/^store\.db(?:-wal|-shm)?$/.test(name));
  rmSync(ballast);
  ends.push({ kibibytes, end, left, again: await endOf(() => openSqliteStore({ file })) });
  rmSync(folder, { recursive: true });
}
process.stdout.write(JSON.stringify(ends));
