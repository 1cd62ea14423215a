// The client of @install-summary/core.
import { isGraphError } from "@install-summary/core";
import { createInstallSummaryClient } from "@install-summary/core/client";

const { GRAPH, TOKEN, APP } = process.env;

const client = createInstallSummaryClient({ baseUrl: GRAPH, token: () => TOKEN });
const { summary, etag } = await client.get(APP);

const failing = [];
for await (const app of client.list({ top: 50 })) {
  if (app.installSummary.failedDeviceCount > 100) failing.push(app.displayName);
}

const patch = { failedDeviceCount: summary.failedDeviceCount + 1 };
const changed = await client.update(APP, patch, { ifMatch: etag });

let conflict;
try {
  await client.update(APP, { failedDeviceCount: 0 }, { ifMatch: etag });
} catch (error) {
  if (!isGraphError(error, "PreconditionFailed")) throw error;
  conflict = error; // someone else has changed the summary since: `edit` reads it again and carries the edit over
}

const fault = await client.get("00000000-0000-4000-8000-00000000000f").catch((error) => error);
const after = await client.get(APP);

console.log(
  JSON.stringify({
    read: summary.failedDeviceCount,
    failing,
    changed: changed.summary.failedDeviceCount,
    conflict: [conflict.status, conflict.code, conflict.requestId],
    after: after.summary.failedDeviceCount,
    fault: [fault.status, fault.code, fault.message],
  }),
);
