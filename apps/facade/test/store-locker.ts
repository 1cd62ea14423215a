// Started by store-folder.test.ts, which kills it: locks a folder, says so, and stays.
import { join } from "node:path";
import { takeLocks } from "../src/data-folder/take-locks.ts";

const [data = "", file = join(data, "store.db")] = process.argv.slice(2);
await takeLocks({ data, file, onLost: () => undefined });
process.stdout.write("locked\n");
setInterval(() => undefined, 60_000);
