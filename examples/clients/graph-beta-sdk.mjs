// Microsoft's Graph beta SDK for JavaScript, which kiota generates.
import {
  BaseBearerTokenAuthenticationProvider,
  HttpMethod,
  RequestInformation,
} from "@microsoft/kiota-abstractions";
import { HeadersInspectionOptions } from "@microsoft/kiota-http-fetchlibrary";
import { GraphBetaRequestAdapter } from "@microsoft/msgraph-beta-sdk";
import {
  createMobileAppCollectionResponseFromDiscriminatorValue as createPage,
  createMobileAppInstallSummaryFromDiscriminatorValue as createSummary,
  serializeMobileAppInstallSummary,
} from "@microsoft/msgraph-beta-sdk/models/index.js";
import { createODataErrorFromDiscriminatorValue as createFault } from "@microsoft/msgraph-beta-sdk/models/oDataErrors/index.js";
import { BatchRequestContent } from "@microsoft/msgraph-sdk-core";

const { GRAPH, TOKEN, APP } = process.env;

const tokens = new BaseBearerTokenAuthenticationProvider({ getAuthorizationToken: async () => TOKEN });
const adapter = new GraphBetaRequestAdapter(tokens);
adapter.baseUrl = GRAPH;
const errors = { XXX: createFault };

// The SDK has no request builders for these paths any more: its requests are made by their templates.
function createRequest(method, path, parameters = {}) {
  const request = new RequestInformation(
    method,
    `{+baseurl}/deviceAppManagement/mobileApps${path}`,
    parameters,
  );
  request.headers.add("Accept", "application/json");
  return request;
}

const readSummary = () => createRequest(HttpMethod.GET, "/{id}/installSummary", { id: APP });
const patchSummary = (patch) => {
  const request = createRequest(HttpMethod.PATCH, "/{id}/installSummary", { id: APP });
  request.setStreamContent(new TextEncoder().encode(JSON.stringify(patch)).buffer, "application/json");
  return request;
};

const reading = readSummary();
const seen = new HeadersInspectionOptions({ inspectResponseHeaders: true });
reading.addRequestOptions([seen]);
const summary = await adapter.send(reading, createSummary, errors);
const [etag] = seen.getResponseHeaders().get("etag") ?? [];
if (!etag) throw new Error("The response has no ETag: a change would have no guard.");

const failing = [];
let request = createRequest(HttpMethod.GET, "{?%24filter,%24expand,%24top}", {
  "%24filter": "installSummary/failedDeviceCount gt 100",
  "%24expand": "installSummary",
  "%24top": 5,
});
while (request) {
  const page = await adapter.send(request, createPage, errors);
  failing.push(...page.value.map(({ displayName }) => displayName));
  request =
    page.odataNextLink && Object.assign(new RequestInformation(HttpMethod.GET), { URL: page.odataNextLink });
}

// What the model sends has no counter, and changes nothing.
const model = createRequest(HttpMethod.PATCH, "/{id}/installSummary", { id: APP });
const wanted = { ...summary, failedDeviceCount: summary.failedDeviceCount + 1 };
model.setContentFromParsable(adapter, "application/json", wanted, serializeMobileAppInstallSummary);
const unchanged = await adapter.send(model, createSummary, errors);

const change = patchSummary({ failedDeviceCount: summary.failedDeviceCount + 1 });
change.headers.add("If-Match", etag);
const changed = await adapter.send(change, createSummary, errors);

const stale = patchSummary({ failedDeviceCount: 0 });
stale.headers.add("If-Match", etag);
const conflict = await adapter.send(stale, createSummary, errors).catch((error) => error);

// A batch of reads works; of a change this SDK leaves headers and body out.
const reads = new BatchRequestContent(adapter, errors);
reads.addBatchRequest(readSummary(), "read");
const responses = await reads.postAsync();
const changes = new BatchRequestContent(adapter, errors);
changes.addBatchRequest(patchSummary({ failedDeviceCount: 0 }), "change");
const refused = await changes.postAsync().catch((error) => error);
const after = await adapter.send(readSummary(), createSummary, errors);

const fault = await adapter
  .send(patchSummary({ failedDeviceCount: -1 }), createSummary, errors)
  .catch((error) => error);

console.log(
  JSON.stringify({
    read: summary.failedDeviceCount,
    failing,
    byModel: unchanged.failedDeviceCount,
    changed: changed.failedDeviceCount,
    conflict: [
      conflict.responseStatusCode,
      conflict.errorEscaped.code,
      conflict.errorEscaped.innerError.requestId,
    ],
    batch: [refused.errorEscaped.message, responses.getResponseById("read").status],
    after: after.failedDeviceCount,
    fault: [fault.responseStatusCode, fault.errorEscaped.code, fault.errorEscaped.message],
  }),
);
