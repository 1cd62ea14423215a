import type { SentRequest } from "../src/contract/check/check-pair.ts";
import type { VersionedSummary } from "../src/patch/decide-patch.ts";
import { formatETag } from "../src/http/etag.ts";
import { graphErrorBody, type GraphError } from "../src/http/graph-error.ts";
import { installSummaryType, type InstallSummary } from "../src/resource/install-summary.ts";
import type { MetadataLevel } from "./contract-headers.ts";

/** An answer as data, so that it can be spoilt. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export const baseUrl = "https://intune.example/beta";
export const context: string = `${baseUrl}/$metadata#deviceAppManagement/mobileApps`;

/** A JSON success; without metadata it has only the control information that says how to go on. */
export function success(
  body: object,
  headers: Reply["headers"] = {},
  level: MetadataLevel = "minimal",
): Reply {
  const type = `application/json;odata.metadata=${level};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`;
  return {
    status: 200,
    headers: { "content-type": type, "odata-version": "4.0", ...headers },
    body: level === "none" ? withoutMetadata(body) : body,
  };
}

/** The answer that an error stands for, in a request whose ids are in the headers of every answer. */
export function refusal(error: GraphError, ids: RequestIds, headers: Reply["headers"] = {}): Reply {
  return {
    status: error.status,
    headers: { "content-type": "application/json", ...headers },
    body: graphErrorBody(error, { date: new Date(), ...ids }),
  };
}

export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** A fresh id, and the caller's own where it sent one that can be written to a log. */
export function requestIds({ headers }: SentRequest): RequestIds {
  const requestId = crypto.randomUUID();
  const sent = headers["client-request-id"] ?? "";
  return { requestId, clientRequestId: /^[\x20-\x7e]{1,128}$/.test(sent) ? sent : requestId };
}

/** The headers of every answer. */
export function commonHeaders({ requestId, clientRequestId }: RequestIds): Reply["headers"] {
  return {
    date: new Date().toUTCString(),
    "request-id": requestId,
    "client-request-id": clientRequestId,
    "cache-control": "private, no-store",
    vary: "Accept, Accept-Encoding, Authorization, Prefer",
    "x-content-type-options": "nosniff",
  };
}

/** A summary as it stands inside of an app, with its ETag. */
export function expanded({ summary, version }: VersionedSummary): object {
  return {
    "installSummary@odata.context": `${context}('${summary.id}')/installSummary/$entity`,
    installSummary: { "@odata.etag": formatETag(version), "@odata.type": installSummaryType, ...summary },
  };
}

/** A summary as an answer of its own, whole or with some of its properties. */
export function entity(summary: InstallSummary, select?: readonly string[]): object {
  const selected = select === undefined ? "" : `(${select.join(",")})`;
  const members = Object.entries(summary).filter(([name]) => select?.includes(name) ?? true);
  return {
    "@odata.context": `${context}('${summary.id}')/installSummary${selected}/$entity`,
    "@odata.type": installSummaryType,
    ...Object.fromEntries(members),
  };
}

function withoutMetadata(body: object): object {
  const kept = ["@odata.count", "@odata.nextLink"];
  const bare: object = JSON.parse(JSON.stringify(body), (name, value: unknown) =>
    name.includes("@odata") && !kept.includes(name) ? undefined : value,
  );
  return bare;
}
