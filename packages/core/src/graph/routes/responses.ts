import { formatSummary } from "../../resource/format-summary.ts";
import { graphError, type GraphError } from "../../http/graph-error.ts";
import { repeatedHeader } from "../../http/repeated-header.ts";
import type { Repetition } from "../../patch/judge-repetition.ts";
import type { SummaryWithETag } from "../../patch/decide-patch.ts";
import { GraphErrorWithHeaders, type PlainResponse } from "../exchange/response.ts";
import type { MetadataLevel } from "../headers/negotiate.ts";
import type { AppResource } from "../path/resource-path.ts";
import type { SummaryForm } from "../write/write-expanded-summary.ts";

/** A response with a JSON text. */
export interface JsonResponse extends PlainResponse {
  readonly body: string;
}

/** A 200 whose body is JSON of OData. */
export function jsonResponse(
  body: string,
  metadata: MetadataLevel,
  headers: Readonly<Record<string, string>> = {},
): JsonResponse {
  return {
    status: 200,
    headers: { "Content-Type": jsonTypes[metadata], "OData-Version": "4.0", ...headers },
    body,
  };
}

const jsonTypes: Readonly<Record<MetadataLevel, string>> = {
  minimal: jsonType("minimal"),
  full: jsonType("full"),
  none: jsonType("none"),
};

function jsonType(metadata: MetadataLevel): string {
  return `application/json;odata.metadata=${metadata};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`;
}

/** The 200 with a summary. */
export function summaryResponse(
  { summary, etag }: SummaryWithETag,
  form: SummaryForm,
  { wrapped = false, headers = {} }: { wrapped?: boolean; headers?: Readonly<Record<string, string>> } = {},
): JsonResponse {
  const text = formatSummary(summary, { ...form, etag });
  const body = wrapped ? `{"value":${text}}` : text;
  return jsonResponse(body, form.metadata, { ETag: etag, ...headers });
}

/** An error of the preconditions; a 412 has the current ETag, and says where it was looked up that nothing was applied. */
export function preconditionError(
  error: GraphError,
  etag: string,
  repetition: Repetition = "unknown",
): GraphError {
  if (error.code !== "PreconditionFailed") return error;
  const lookedUp: Record<string, string> = repetition === "notApplied" ? { [repeatedHeader]: "false" } : {};
  return new GraphErrorWithHeaders(error, { ETag: etag, ...lookedUp });
}

/** The 404 for an app that the tenant does not have. Another tenant's app gets the same one. */
export function unknownApp({ id }: AppResource, help = ""): GraphError {
  return graphError("ResourceNotFound", `No mobile app with id '${id}' exists.${help}`);
}
