import { formatETag } from "../../http/etag.ts";
import { graphErrorBody } from "../../http/graph-error-body.ts";
import type { GraphError } from "../../http/graph-error.ts";
import { formatSummary, formatSummaryContext } from "../../resource/format-summary.ts";
import { installSummaryType, type InstallSummary } from "../../resource/install-summary.ts";
import type { StoredApp } from "./memory-store.ts";
import type { MemoryRequest, MemoryResponse } from "./message.ts";
import type { MetadataLevel } from "./parse-headers.ts";

type Headers = MemoryResponse["headers"];

/** The ids of one request. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** A fresh id, and the caller's own where it sent one that a log can show. */
export function requestIds({ headers }: Pick<MemoryRequest, "headers">): RequestIds {
  const requestId = crypto.randomUUID();
  return { requestId, clientRequestId: sentRequestId({ headers }) ?? requestId };
}

/** The caller's own id of a request; undefined where it sent none that a log can show. */
export function sentRequestId({ headers }: Pick<MemoryRequest, "headers">): string | undefined {
  const sent = headers["client-request-id"];
  return sent !== undefined && /^[\x20-\x7e]{1,128}$/.test(sent) ? sent : undefined;
}

/** A response with the headers that every response has. */
export function withCommonHeaders(
  { headers, ...response }: MemoryResponse,
  { requestId, clientRequestId }: RequestIds,
): MemoryResponse {
  return {
    ...response,
    headers: {
      date: new Date().toUTCString(),
      "request-id": requestId,
      "client-request-id": clientRequestId,
      "cache-control": "private, no-store",
      vary: "Accept, Accept-Encoding, Authorization, Prefer",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  };
}

/** 200 with JSON; without metadata only the control information that leads on stays. */
export function success(body: object, level: MetadataLevel, headers: Headers = {}): MemoryResponse {
  const type = `application/json;odata.metadata=${level};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`;
  return {
    status: 200,
    headers: { "content-type": type, "odata-version": "4.0", ...headers },
    body: level === "none" ? withoutMetadata(body) : body,
  };
}

/** The response to a request that failed. */
export function errorResponse(error: GraphError, ids: RequestIds, headers: Headers = {}): MemoryResponse {
  return {
    status: error.status,
    headers: { "content-type": "application/json", ...headers },
    body: graphErrorBody(error, { date: new Date(), ...ids }),
  };
}

/** The context of the collection, with what it is of: its type, or what was selected of it. */
export function contextUrl(base: string, suffix: string): string {
  return `${base}/$metadata#deviceAppManagement/mobileApps${suffix}`;
}

/** A summary as a response of its own, whole or with some of its properties. */
export function summaryBody(base: string, summary: InstallSummary, select?: readonly string[]): object {
  const body: object = JSON.parse(formatSummary(summary, { base, select }));
  return body;
}

/** A summary as a member of its app, with its ETag. */
export function expandedSummary(base: string, { summary, version }: StoredApp): object {
  return {
    "installSummary@odata.context": formatSummaryContext(summary.id, { base }),
    installSummary: { "@odata.etag": formatETag(version), "@odata.type": installSummaryType, ...summary },
  };
}

function withoutMetadata(body: object): object {
  const kept = ["@odata.count", "@odata.nextLink"];
  const bare: object = JSON.parse(JSON.stringify(body), (name, value: unknown) =>
    name.includes("@odata") && !kept.includes(name) ? undefined : value,
  );
  return bare;
}
