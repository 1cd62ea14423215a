import * as z from "zod/mini";
import { counterNames } from "../resource/counters.ts";
import type { InstallSummaryPatch } from "../resource/install-summary.ts";
import type { MobileAppListItem } from "../resource/mobile-app.ts";
import { guardOf, matchesETag } from "../http/etag.ts";
import { parseGraphError } from "../http/read-graph-error.ts";
import { visibleText } from "../text/visible-text.ts";
import { parseLongJson } from "../text/exact-json.ts";
import { JsonTextError } from "../text/json-text.ts";
import { hasMembers } from "../text/object-kind.ts";
import { bodyWords } from "./body-words.ts";
import { ClientError } from "./errors.ts";
import { describeFault, describePlace } from "./response-fault.ts";
import {
  dryRunResponseSchema,
  appResponseSchema,
  changesResponseSchema,
  pageResponseSchema,
  summaryResponseSchema,
  warningsName,
} from "./response-schemas.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import type { GotApp, GotSummary, ListedApp, ListedChange, ListedPage, UpdatedSummary } from "./types.ts";
import type { TextResponse } from "./transport.ts";

/** The summary of a response, bare or as `{"value": …}` (both are documented), with its ETag. */
export function parseSummaryResponse(response: TextResponse, appId: string): GotSummary {
  const json = readJson(response);
  const { "@odata.etag": tag, ...summary } = read(response, summaryResponseSchema, unwrap(json));
  requireSame(response, summary.id, appId);
  return {
    summary: { ...summary, id: appId },
    etag: response.etag ?? guardOf(tag),
    requestId: response.requestId,
  };
}

/**
 * The summary in the response to a PATCH. Throws `ClientError` for one that shows other values than were sent, unless
 * the change was applied by an earlier arrival of its request: someone else may have changed the summary since.
 */
export function parseChangedResponse(
  response: TextResponse,
  appId: string,
  patch: InstallSummaryPatch,
): UpdatedSummary {
  const changed = parseSummaryResponse(response, appId);
  return confirmed(response, changed, patch, { etag: changed.etag, where: "" });
}

/**
 * The summary that was read after a PATCH that was confirmed without a body. Throws `ClientError` for one that shows other
 * values than were sent, as `parseChangedResponse` does: a gateway may confirm what its service has never seen.
 */
export function changedSummary(
  response: TextResponse,
  found: ReadSummary,
  patch: InstallSummaryPatch,
): UpdatedSummary {
  const changed = { ...found, requestId: response.requestId };
  const where = "it has no body (204), and the summary has another value after it: ";
  return confirmed(response, changed, patch, { etag: response.etag, where });
}

function confirmed(
  response: TextResponse,
  changed: GotSummary,
  patch: InstallSummaryPatch,
  { etag, where }: { readonly etag: string | undefined; readonly where: string },
): UpdatedSummary {
  if (response.isRepeated) return { ...changed, repeated: true };
  const { summary } = changed;
  const stale = counterNames.find((name) => (patch[name] ?? summary[name]) !== summary[name]);
  if (stale === undefined) {
    const isKnown = etag === undefined || changed.etag === undefined || matchesETag(etag, changed.etag);
    return isKnown ? changed : { ...changed, confirmedETag: etag };
  }
  throw invalidResponse(
    response,
    `${where}its ${stale} is ${summary[stale]}, although ${patch[stale]} was sent`,
    etag,
  );
}

/**
 * Throws `ClientError` for a success that is about an earlier change whose id is not the one that was sent. It may be someone
 * else's, so nothing is known of this one.
 */
export function requireOwn(response: TextResponse): void {
  if (!response.isRepeated || response.isOwn) return;
  throw invalidResponse(response, "it is about the change of another client-request-id");
}

/** True for a success of a dry run: only that has a list of warnings, possibly an empty one. */
export function isDryRun(response: TextResponse): boolean {
  const json = parseJson(response);
  return hasMembers(json) && warningsName in json;
}

/** The result of a dry run. Throws `ClientError` for a response that does not say that it was one. */
export function parseDryRunResponse(response: TextResponse, appId: string): UpdatedSummary {
  if (!isDryRun(response)) {
    throw invalidResponse(
      response,
      "it does not say that it was a dry run, so the change may have been made",
    );
  }
  const { [warningsName]: warnings } = read(response, dryRunResponseSchema, readJson(response));
  return { ...parseSummaryResponse(response, appId), warnings };
}

/** The app of a response, with its summary. */
export function parseAppResponse(response: TextResponse, appId: string): GotApp {
  const app = read(response, appResponseSchema, readJson(response));
  requireSame(response, app.id, appId);
  return { ...listedApp(response, app), requestId: response.requestId };
}

/** The page of apps of a response, with the URL of the next one. */
export function parsePageResponse(response: TextResponse): ListedPage & { readonly next: URL | undefined } {
  const page = read(response, pageResponseSchema, readJson(response));
  const next = page["@odata.nextLink"];
  return {
    apps: page.value.map((app) => listedApp(response, app)),
    requestId: response.requestId,
    ...(page["@odata.count"] !== undefined && { count: page["@odata.count"] }),
    next: next === undefined ? undefined : new URL(next),
  };
}

/** A page of a change log, with the cursor of the next one. */
export interface ChangesPage {
  readonly changes: readonly ListedChange[];
  readonly next: string | undefined;
  /** Whether it reaches the oldest change that is there, and older ones were removed. */
  readonly isOlderRemoved: boolean;
}

/** The page of changes of a response. */
export function parseChangesResponse(response: TextResponse): ChangesPage {
  const { value, next, olderRemoved } = read(response, changesResponseSchema, readJson(response));
  return { changes: value, next, isOlderRemoved: olderRemoved === true };
}

/** The error for a success that cannot be used: what is missing is never guessed. */
export function invalidResponse(
  { to, requestId, hide }: TextResponse,
  why: string,
  confirmedETag?: string,
): ClientError {
  const message = hide(`The response to ${to} cannot be used: ${why}.`);
  return new ClientError("InvalidResponse", message, { requestId, confirmedETag });
}

/** The error for a confirmed change after which the summary cannot be read: sent again it could count twice. */
export function changeNotRead({ to, requestId }: TextResponse, cause: unknown): ClientError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `${to} returned 204: the change was made. Reading the summary after that failed. ${why}`;
  return new ClientError("ChangeNotRead", message, { requestId, cause });
}

function listedApp(response: TextResponse, { installSummary, ...app }: MobileAppListItem): ListedApp {
  const id = app.id.toLowerCase();
  if (installSummary === undefined) throw invalidResponse(response, `the app ${id} has no installSummary`);
  const { "@odata.etag": etag, ...summary } = installSummary;
  requireSame(response, summary.id, id);
  return { ...app, id, installSummary: { ...summary, id }, etag: guardOf(etag) };
}

function requireSame(response: TextResponse, found: string, asked: string): void {
  if (found.toLowerCase() === asked.toLowerCase()) return;
  throw invalidResponse(response, `it is about the app ${found} instead of ${asked}`);
}

function readJson(response: TextResponse): unknown {
  const json = parseJson(response);
  if (json instanceof JsonTextError) throw invalidResponse(response, describeNoJson(response, json));
  for (const one of [json, unwrap(json)].flat()) requireNoError(response, one);
  return json;
}

/** Throws `ClientError` for a success that has an error, whatever is beside it: a list that broke off would look complete. */
function requireNoError(response: TextResponse, json: unknown): void {
  if (!hasMembers(json) || !("error" in json) || json.error === null) return;
  const error = parseGraphError(json, response);
  const said = error && `, ${error.code}: ${visibleText(error.message, 500).replace(/\.$/, "")}`;
  throw invalidResponse(response, `it is an error with the status ${response.status}${said ?? ""}`);
}

function describeNoJson({ status, body }: TextResponse, { reason, message }: JsonTextError): string {
  if (body.trim() === "") return `it is empty (${status})`;
  const words = bodyWords(body);
  if (/^\s*</.test(body)) return words === "" ? "it is a page without text" : `it is a page, "${words}"`;
  return `${reason === "duplicate" ? "it says two things" : "it is not JSON"}. ${message.replace(/\.$/, "")}`;
}

function parseJson(response: TextResponse): unknown {
  const { body, cutAt, notUtf8 } = response;
  if (cutAt !== undefined) {
    throw invalidResponse(response, `it is larger than ${cutAt} MiB. Ask for less, or check the base URL`);
  }
  try {
    const json = parseLongJson(body);
    if (notUtf8 !== true) return json;
  } catch (error) {
    if (error instanceof JsonTextError) return error;
    throw error;
  }
  throw invalidResponse(response, "it is not UTF-8, so its texts would come out wrong");
}

function unwrap(json: unknown): unknown {
  return hasMembers(json) && "value" in json && !("id" in json) ? json.value : json;
}

function read<Value>(response: TextResponse, schema: z.core.$ZodType<Value>, json: unknown): Value {
  const result = z.safeParse(schema, json, { error: describeFault });
  if (result.success) return result.data;
  const [why = ""] = result.error.issues.map(({ path, message }) => `${describePlace(path)} ${message}`);
  throw invalidResponse(response, why);
}
