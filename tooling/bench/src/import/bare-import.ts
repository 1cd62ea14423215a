import { openBareStore } from "../bare/bare-store.ts";
import { appOf } from "../sample/apps.ts";

// The limit of an import: bare inserts of apps into the three tables, made up in memory, in large durable batches.

const [, , file = "", count = "0"] = process.argv;
const batchLength = 5000;
const store = openBareStore(file);
const numbers = Array.from({ length: Number(count) }, (_, number) => number);
for (let start = 0; start < numbers.length; start += batchLength) {
  store.insert(numbers.slice(start, start + batchLength).map(appOf));
}
store.close();
process.stdout.write(`${numbers.length} created\n`);
