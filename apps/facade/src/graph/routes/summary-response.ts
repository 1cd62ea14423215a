import type { GraphError, SummaryWithETag } from "@install-summary/core";
import type { PlainResponse } from "../../http/response.ts";
import { GraphErrorWithHeaders } from "../../http/error-response.ts";
import { jsonResponse } from "../write/json-response.ts";
import { writeSummary, type SummaryForm } from "../write/write-summary.ts";

/** The 200 that holds a summary. */
export function summaryResponse(
  stored: SummaryWithETag,
  form: SummaryForm,
  { wrapped = false, headers = {} }: { wrapped?: boolean; headers?: Readonly<Record<string, string>> } = {},
): PlainResponse {
  const text = writeSummary(stored, form);
  const body = wrapped ? `{"value":${text}}` : text;
  return jsonResponse(body, form.metadata, { ETag: stored.etag, ...headers });
}

/** A refusal by preconditions, which names the ETag that the summary has. */
export function refusedAt(etag: string, error: GraphError): GraphError {
  return error.code === "PreconditionFailed" ? new GraphErrorWithHeaders(error, { ETag: etag }) : error;
}
