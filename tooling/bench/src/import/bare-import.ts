import { openBareStore } from "../bare/bare-store.ts";
import { appIdOf, appOf } from "../sample/apps.ts";

// The limits of an import, by bare statements on the three tables, with rows that are made up in memory: inserts in large
// durable batches, as the rows come or in the order of their keys, and reads of apps that are all there.

const [, , file = "", count = "0", kind = "insert"] = process.argv;
const batchLength = 5000;
const store = openBareStore(file);
const numbers = Array.from({ length: Number(count) }, (_, number) => number);
if (kind !== "insert") numbers.sort((one, other) => (appIdOf(one) < appIdOf(other) ? -1 : 1));
if (kind === "read") {
  const found = numbers.filter((number) => store.hasApp(appOf(number)));
  process.stdout.write(`${found.length} unchanged\n`);
} else {
  for (let start = 0; start < numbers.length; start += batchLength) {
    store.insert(numbers.slice(start, start + batchLength).map(appOf));
  }
  process.stdout.write(`${numbers.length} created\n`);
}
store.close();
