import type { SendRequest } from "../src/contract/check/check-pair.ts";
import { openMemoryContract } from "../src/contract/memory/memory-contract.ts";
import { applyPatch } from "../src/patch/decide-patch.ts";
import type { InstallSummaryPatch } from "../src/resource/install-summary.ts";
import { readResponse, type Respond } from "./contract-respond.ts";
import { appId, examplePatch, sampleSummary } from "./samples.ts";

/** The contract in memory, which serves every golden pair, as responses that a test can spoil. */
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
  const contract = openMemoryContract(
    [
      { id: otherAppId, displayName: "Contoso Mail", installSummary: examplePatch },
      { id: appId, displayName: "Contoso Portal", installSummary: sampleSummary({ failedDeviceCount: 7 }) },
    ],
    { pageSize: 1000, token: "writer", readerToken: "reader" },
  );
  const respond: Respond = async ({ method, path, headers, body = "", identity }) => {
    const token: Record<string, string> = identity === "none" ? {} : { authorization: `Bearer ${identity}` };
    const request = new Request(baseUrl + path, { method, headers: { ...headers, ...token } });
    return readResponse(await contract.respond(request, bufferOf(body)));
  };
  return {
    respond,
    commit: (counters) => change(counters, 1),
    overwrite: (counters) => change(counters, 0),
  };

  function change(counters: InstallSummaryPatch, versions: number): void {
    const { app, summary, version } = contract.find(appId);
    contract.save({ app, summary: applyPatch(summary, counters), version: version + versions });
  }
}

/** A text or bytes as the body of a request that was read. */
export function bufferOf(body: string | Uint8Array): ArrayBuffer {
  return new Uint8Array(typeof body === "string" ? new TextEncoder().encode(body) : body).buffer;
}

/** Sends requests to what responds to them, as if they went to `baseUrl`. */
export function sendTo(respondTo: Respond): SendRequest {
  return async (request) => {
    const { status, headers, body } = await respondTo(request);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const hasBody = request.method !== "HEAD" && status !== 204 && status !== 304;
    const response = new Response(hasBody ? text : null, { status, headers });
    return Object.defineProperty(response, "url", { value: new URL(baseUrl + request.path).href });
  };
}
