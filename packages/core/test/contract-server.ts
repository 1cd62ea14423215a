import type { SendRequest } from "../src/contract/check/check-pair.ts";
import { openMemoryStore } from "../src/contract/memory/memory-store.ts";
import { respond } from "../src/contract/memory/respond.ts";
import { applyPatch } from "../src/patch/apply-patch.ts";
import type { InstallSummaryPatch } from "../src/resource/install-summary.ts";
import { serveBatch } from "./contract-batch.ts";
import { serveFilter } from "./contract-filter.ts";
import type { Respond } from "./contract-respond.ts";
import { appId, examplePatch, sampleSummary } from "./samples.ts";

/** The memory service with what it leaves out, `$filter` and `$batch`: it serves every golden pair. */
export interface ContractServer {
  readonly respond: Respond;
  /** Changes counters and ETag without a request. */
  readonly commit: (counters: InstallSummaryPatch) => void;
  /** Changes counters and leaves the ETag as it is, which no server may. */
  readonly overwrite: (counters: InstallSummaryPatch) => void;
}

export const baseUrl = "https://intune.example/beta";
export const otherAppId = "11111111-1111-4111-8111-111111111111";

/** Opens such a server with two apps. The pairs write the second one. */
export function openContractServer(): ContractServer {
  const store = openMemoryStore([
    { id: otherAppId, displayName: "Contoso Mail", installSummary: examplePatch },
    { id: appId, displayName: "Contoso Portal", installSummary: sampleSummary({ failedDeviceCount: 7 }) },
  ]);
  const respondToOne: Respond = (request) =>
    respond({ store, pageSize: 1000 }, { ...request, base: baseUrl, path: `/beta${request.path}` });
  return {
    respond: serveBatch(serveFilter(respondToOne)),
    commit: (counters) => change(counters, 1),
    overwrite: (counters) => change(counters, 0),
  };

  function change(counters: InstallSummaryPatch, versions: number): void {
    const { summary, version } = store.find(appId);
    store.save(appId, { summary: applyPatch(summary, counters), version: version + versions });
  }
}

/** Sends requests to what responds to them, as if they went to `baseUrl`. */
export function sendTo(respondTo: Respond): SendRequest {
  return async (request) => {
    const { status, headers, body } = respondTo(request);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const hasBody = request.method !== "HEAD" && status !== 204 && status !== 304;
    const response = new Response(hasBody ? text : null, { status, headers });
    return Object.defineProperty(response, "url", { value: new URL(baseUrl + request.path).href });
  };
}
