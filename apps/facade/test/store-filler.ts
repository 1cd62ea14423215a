// Started by store-faults.test.ts where a file cannot grow for long: changes one app until a change fails, reads, changes
// once more, and prints what happened.
import { isGraphError } from "@install-summary/core";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";

const store = await openSqliteStore({ file: process.argv[2] ?? "" });
await addApps(store, [sampleApp()]);

const change = async (): Promise<number | undefined> =>
  (await openTenant(store).update(appId, incrementing, request))?.current.summary.failedDeviceCount;

let acknowledged: number | undefined;
let code: unknown;
while (code === undefined) {
  try {
    acknowledged = await change();
  } catch (error) {
    code = isGraphError(error) ? error.code : String(error);
  }
}
const read = (await openTenant(store).readSummary(appId))?.summary.failedDeviceCount;
const next = await change();
await store.close();
process.stdout.write(JSON.stringify({ code, acknowledged, read, next }));
