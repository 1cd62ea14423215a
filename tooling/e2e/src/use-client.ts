// Uses core's client as a program of its own does, on the server of the environment, and prints what it found.
import { isGraphError } from "@install-summary/core";
import { createInstallSummaryClient } from "@install-summary/core/client";

const { INSTALL_SUMMARY_URL: baseUrl = "", INSTALL_SUMMARY_TOKEN: token = "" } = process.env;
const client = createInstallSummaryClient({ baseUrl, token: () => token });
const appId = "06a792e9-92e9-06a7-e992-a706e992a706";

let apps = 0;
for await (const app of client.list({ top: 50 })) if (app.id !== "") apps += 1;
const { etag } = await client.get(appId);
const { summary } = await client.update(
  appId,
  { failedDeviceCount: 12 },
  etag === undefined ? {} : { ifMatch: etag },
);
const stale = await client
  .update(appId, { failedDeviceCount: 13 }, { ifMatch: 'W/"1"' })
  .then(() => "changed")
  .catch((error: unknown) => (isGraphError(error) ? error.code : String(error)));
process.stdout.write(JSON.stringify({ apps, failed: summary.failedDeviceCount, stale }));
