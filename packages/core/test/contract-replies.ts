import type { SentRequest } from "../src/contract/check-pair.ts";
import type { VersionedSummary } from "../src/decide-patch.ts";
import { formatETag } from "../src/etag.ts";
import { graphErrorBody, type GraphError } from "../src/graph-error.ts";
import { installSummaryType, type InstallSummary } from "../src/install-summary.ts";
import { sampleApp } from "./samples.ts";

/** An answer as data, so that it can be spoilt. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export const baseUrl = "https://intune.example/beta";
export const context: string = `${baseUrl}/$metadata#deviceAppManagement/mobileApps`;

export function success(body: object, headers: Reply["headers"] = {}): Reply {
  const type =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
  const common = {
    "cache-control": "private, no-store",
    "request-id": "1",
    "client-request-id": "golden-pair",
  };
  return {
    status: 200,
    headers: { "content-type": type, "odata-version": "4.0", ...common, ...headers },
    body,
  };
}

export function refusal(error: GraphError, { headers }: SentRequest, etag: string): Reply {
  const clientRequestId = headers["client-request-id"] ?? "1";
  const extra: Record<number, Reply["headers"]> = {
    401: { "www-authenticate": 'Bearer realm=""' },
    405: { allow: "GET, HEAD, PATCH, OPTIONS" },
    412: { etag },
  };
  return {
    status: error.status,
    headers: { "content-type": "application/json", ...extra[error.status] },
    body: graphErrorBody(error, { date: new Date(), requestId: "1", clientRequestId }),
  };
}

export function entity(summary: InstallSummary): object {
  return {
    "@odata.context": `${context}('${summary.id}')/installSummary/$entity`,
    "@odata.type": installSummaryType,
    ...summary,
  };
}

export function listed({ summary, version }: VersionedSummary): object {
  return {
    ...sampleApp(),
    id: summary.id,
    "installSummary@odata.context": `${context}('${summary.id}')/installSummary/$entity`,
    installSummary: { "@odata.etag": formatETag(version), "@odata.type": installSummaryType, ...summary },
  };
}
