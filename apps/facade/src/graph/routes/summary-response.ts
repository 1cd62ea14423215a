import { formatETag, type GraphError, type VersionedSummary } from "@install-summary/core";
import type { Answer } from "../../http/response.ts";
import { Refusal } from "../../http/refusal.ts";
import { jsonAnswer } from "../write/json-response.ts";
import { writeSummary, type SummaryForm } from "../write/write-summary.ts";

/** The 200 that holds a summary. */
export function summaryAnswer(
  stored: VersionedSummary,
  form: SummaryForm,
  { wrapped = false, headers = {} }: { wrapped?: boolean; headers?: Readonly<Record<string, string>> } = {},
): Answer {
  const text = writeSummary(stored, form);
  const body = wrapped ? `{"value":${text}}` : text;
  return jsonAnswer(body, form.metadata, { ETag: formatETag(stored.version), ...headers });
}

/** A refusal by preconditions, which names the ETag that the summary has. */
export function refusedAt(version: number, error: GraphError): GraphError {
  return error.code === "PreconditionFailed" ? new Refusal(error, { ETag: formatETag(version) }) : error;
}
