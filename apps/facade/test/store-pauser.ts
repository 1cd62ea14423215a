// Started by store-checkpoints.test.ts: changes many apps until commits have waited for a checkpoint, with nothing else
// that keeps the process alive, and prints how many changes were acknowledged.
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { addApps, openTenant, request, sampleApp } from "./samples.ts";

const store = await openSqliteStore({ file: process.argv[2] ?? "" });
const ids = Array.from(
  { length: 1000 },
  (_, index) => `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`,
);
await addApps(
  store,
  ids.map((id) => sampleApp({ id })),
);
const tenant = openTenant(store);
let acknowledged = 0;
for (let round = 0; round < 40; round += 1) {
  const description = `${round} `.repeat(4096).slice(0, 4096);
  const decisions = await tenant.importApps(
    ids.map((id) => ({
      appId: id,
      decide: () => ({ kind: "changed", app: sampleApp({ id, description }) }),
    })),
    request,
  );
  acknowledged += decisions.length;
}
await store.close();
process.stdout.write(String(acknowledged));
