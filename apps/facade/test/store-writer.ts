// Started by store-faults.test.ts, which kills it: changes one app as fast as it can and writes a line for each
// change that was acknowledged.
import { once } from "node:events";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { appId, incrementing, openTenant } from "./samples.ts";

const store = await openSqliteStore({ file: process.argv[2] ?? "" });
const tenant = openTenant(store);

async function changeOnAndOn(writer: number): Promise<never> {
  for (let round = 0; ; round += 1) {
    const requestId = `${process.pid}-${writer}-${round}`;
    const result = await tenant.update(appId, incrementing, { requestId });
    const line = `${requestId} ${result?.current.summary.failedDeviceCount}\n`;
    // A pipe that is full has to be read before the next change.
    if (!process.stdout.write(line)) await once(process.stdout, "drain");
  }
}

await Promise.all(Array.from({ length: 8 }, (_, writer) => changeOnAndOn(writer)));
