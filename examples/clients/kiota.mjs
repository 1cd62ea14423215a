// The request adapter of kiota, which is below every client that kiota generates.
import {
  BaseBearerTokenAuthenticationProvider,
  HttpMethod,
  ParseNodeFactoryRegistry,
  RequestInformation,
} from "@microsoft/kiota-abstractions";
import { FetchRequestAdapter, HeadersInspectionOptions } from "@microsoft/kiota-http-fetchlibrary";
import { JsonParseNodeFactory } from "@microsoft/kiota-serialization-json";

const { GRAPH, TOKEN, APP } = process.env;

const parsers = new ParseNodeFactoryRegistry();
parsers.registerDefaultDeserializer(JsonParseNodeFactory, parsers);
const tokens = new BaseBearerTokenAuthenticationProvider({ getAuthorizationToken: async () => TOKEN });
const adapter = new FetchRequestAdapter(tokens, parsers);
adapter.baseUrl = GRAPH;

/** Sends plain JSON: generated models take the counters as read-only and leave them out of what they send. */
async function send(request, { headers = {}, body } = {}) {
  request.addRequestHeaders(headers);
  if (body)
    request.setStreamContent(new TextEncoder().encode(JSON.stringify(body)).buffer, "application/json");
  const seen = new HeadersInspectionOptions({ inspectResponseHeaders: true });
  request.addRequestOptions([seen]);
  const bytes = await adapter.sendPrimitive(request, "ArrayBuffer", { XXX: createFault });
  return {
    value: JSON.parse(new TextDecoder().decode(bytes)),
    etag: [...(seen.getResponseHeaders().get("etag") ?? [])][0],
  };
}

const summary = "{+baseurl}/deviceAppManagement/mobileApps/{id}/installSummary";
const readSummary = () => new RequestInformation(HttpMethod.GET, summary, { id: APP });
const patchSummary = () => new RequestInformation(HttpMethod.PATCH, summary, { id: APP });
const { value, etag } = await send(readSummary());
if (!etag) throw new Error("The response has no ETag: a change would have no guard.");

const apps = "{+baseurl}/deviceAppManagement/mobileApps{?%24filter,%24expand,%24top}";
const list = new RequestInformation(HttpMethod.GET, apps, {
  "%24filter": "installSummary/failedDeviceCount gt 100",
  "%24expand": "installSummary",
  "%24top": 5,
});
const failing = [];
let next = list;
while (next) {
  const page = await send(next);
  failing.push(...page.value.value);
  const link = page.value["@odata.nextLink"];
  next = link && Object.assign(new RequestInformation(HttpMethod.GET), { URL: link });
}

const ifMatch = { "If-Match": etag };
const changed = await send(patchSummary(), {
  headers: ifMatch,
  body: { failedDeviceCount: value.failedDeviceCount + 1 },
});

let conflict;
try {
  await send(patchSummary(), { headers: ifMatch, body: { failedDeviceCount: 0 } });
} catch (fault) {
  if (fault.error?.code !== "PreconditionFailed") throw fault;
  conflict = fault; // someone else has changed the summary since: read it again
}

const url = `/deviceAppManagement/mobileApps/${APP}/installSummary`;
const batch = await send(new RequestInformation(HttpMethod.POST, "{+baseurl}/$batch"), {
  body: {
    requests: [
      {
        id: "change",
        method: "PATCH",
        url,
        headers: { "Content-Type": "application/json", ...ifMatch },
        body: { failedDeviceCount: 0 },
      },
      { id: "read", method: "GET", url },
    ],
  },
});
// The responses of a batch may come in any order.
const { change, read } = Object.fromEntries(batch.value.responses.map((one) => [one.id, one]));

const fault = await send(patchSummary(), { body: { failedDeviceCount: -1 } }).catch((error) => error);

console.log(
  JSON.stringify({
    read: value.failedDeviceCount,
    failing: failing.map(({ displayName }) => displayName),
    changed: changed.value.failedDeviceCount,
    conflict: [conflict.responseStatusCode, conflict.error.code, conflict.error.requestId],
    batch: [change.status, read.status],
    after: read.body.failedDeviceCount,
    fault: [fault.responseStatusCode, fault.error.code, fault.error.message],
  }),
);

/** Graph's errors, as generated clients describe them to the adapter. */
function createFault() {
  return (thrown) => ({
    error: (node) => {
      thrown.error = node.getObjectValue(() => (error) => ({
        code: (text) => (error.code = text.getStringValue()),
        message: (text) => (error.message = text.getStringValue()),
        innerError: (inner) => {
          error.requestId = inner.getObjectValue(() => (ids) => ({
            "request-id": (text) => (ids.requestId = text.getStringValue()),
          })).requestId;
        },
      }));
    },
  });
}
