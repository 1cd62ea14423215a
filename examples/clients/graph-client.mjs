// Microsoft's Graph client for JavaScript, version 3.
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  GraphError,
  PageIterator,
} from "@microsoft/microsoft-graph-client";

const { GRAPH, TOKEN, APP } = process.env;

const { origin, hostname } = new URL(GRAPH);
const client = Client.init({
  baseUrl: origin, // the version is apart
  defaultVersion: "beta",
  customHosts: new Set([hostname]), // without the port; to other hosts this client sends no token
  authProvider: (done) => done(null, TOKEN),
});

const apps = "/deviceAppManagement/mobileApps";
const path = `${apps}/${APP}/installSummary`;
const { installSummary } = await client.api(`${apps}/${APP}`).expand("installSummary").get();
const etag = installSummary["@odata.etag"]; // results have no headers, and an expanded summary has its ETag inside
if (!etag) throw new Error("The response has no ETag: a change would have no guard.");

const failing = [];
const filter = "installSummary/failedDeviceCount gt 100";
const page = await client.api(apps).filter(filter).expand("installSummary").top(5).get();
const pages = new PageIterator(client, page, ({ displayName }) => failing.push(displayName) > 0);
await pages.iterate();

const patch = { failedDeviceCount: installSummary.failedDeviceCount + 1 };
const changed = await client.api(path).header("If-Match", etag).patch(patch);

let conflict;
try {
  await client.api(path).header("If-Match", etag).patch({ failedDeviceCount: 0 });
} catch (error) {
  if (!(error instanceof GraphError) || error.code !== "PreconditionFailed") throw error;
  conflict = error; // someone else has changed the summary since: read it again
}

const batch = new BatchRequestContent([
  {
    id: "change",
    request: new Request(GRAPH + path, {
      method: "PATCH",
      headers: { "Content-Type": "application/json", "If-Match": etag },
      body: '{"failedDeviceCount":0}',
    }),
  },
  { id: "read", request: new Request(GRAPH + path) },
]);
const responses = new BatchResponseContent(await client.api("/$batch").post(await batch.getContent()));
const { failedDeviceCount } = await responses.getResponseById("read").json();

const fault = await client
  .api(path)
  .patch({ failedDeviceCount: -1 })
  .catch((error) => error);

console.log(
  JSON.stringify({
    read: installSummary.failedDeviceCount,
    failing,
    changed: changed.failedDeviceCount,
    conflict: [conflict.statusCode, conflict.code, conflict.requestId],
    batch: [responses.getResponseById("change").status, responses.getResponseById("read").status],
    after: failedDeviceCount,
    fault: [fault.statusCode, fault.code, fault.message],
  }),
);
