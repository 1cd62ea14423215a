// node correct-count.mjs APP COUNTER VALUE: corrects one number of an app, unless it was changed in between.
// GRAPH is the base URL, TOKEN an access token for it. NODE_EXTRA_CA_CERTS names the certificate of a local authority.
import { Client, GraphError } from "@microsoft/microsoft-graph-client";

const { GRAPH = "https://graph.microsoft.com/beta", TOKEN } = process.env;
const [app, counter, value] = process.argv.slice(2);

// Number("") is 0: a value that is missing would overwrite the counter.
if (!app || !counter || !/^\d+$/.test(value)) {
  console.error("Usage: node correct-count.mjs APP COUNTER VALUE, where VALUE is a whole number.");
  process.exit(2);
}

const { origin, hostname } = new URL(GRAPH);
const client = Client.init({
  baseUrl: origin,
  defaultVersion: "beta",
  customHosts: new Set([hostname]),
  authProvider: (done) => done(null, TOKEN),
});

try {
  const path = `/deviceAppManagement/mobileApps/${app}`;
  const { displayName, installSummary } = await client.api(path).expand("installSummary").get();
  const etag = installSummary["@odata.etag"];
  if (!etag) throw new Error("The response has no ETag: nothing was changed.");
  const request = client.api(`${path}/installSummary`).header("If-Match", etag);
  const changed = await request.patch({ [counter]: Number(value) });
  console.log(`${displayName}: ${counter} ${installSummary[counter]} → ${changed[counter]}`);
} catch (error) {
  if (!(error instanceof GraphError)) throw error;
  console.error(`${error.statusCode} ${error.code}: ${error.message}`);
  process.exitCode = 1;
}
