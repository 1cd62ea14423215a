// Started by store-folder.test.ts, which kills it: locks a folder, says so, and stays.
import { lockFolder } from "../src/data-folder/lock-folder.ts";

await lockFolder(process.argv[2] ?? "");
process.stdout.write("locked\n");
setInterval(() => undefined, 60_000);
