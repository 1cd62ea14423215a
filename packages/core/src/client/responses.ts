import * as z from "zod/mini";
import { counterNames } from "../resource/counters.ts";
import { GraphError } from "../http/graph-error.ts";
import { taggedSummarySchema } from "../resource/install-summary-schema.ts";
import {
  mobileAppListItemSchema,
  mobileAppPageSchema,
  type MobileAppListItem,
} from "../resource/mobile-app.ts";
import type {
  AnsweredWarning,
  ListedApp,
  ListedPage,
  ReadSummary,
  UpdatedSummary,
} from "./types.ts";
import type { Answer } from "./transport.ts";

/** Reads a summary, bare or as `{"value": …}` (both are documented), with its ETag. */
export function readSummary(answer: Answer, appId: string): ReadSummary {
  const json = readJson(answer);
  const { "@odata.etag": tag, ...summary } = read(answer, taggedSummarySchema, unwrap(json));
  requireSame(answer, summary.id, appId);
  return { summary, etag: answer.etag ?? tag };
}

const warningsName = "@installSummary.warnings";

const warningSchema: z.ZodMiniType<AnsweredWarning> = z.object({
  code: z.string(),
  message: z.string(),
  counters: z.array(z.enum(counterNames)),
});
const dryRunSchema = z.object({ [warningsName]: z.array(warningSchema) });

/** Whether a success says that it was a dry run: only then it has warnings, if only an empty list of them. */
export function isDryRun({ body }: Answer): boolean {
  const json = parseJson(body);
  return typeof json === "object" && json !== null && warningsName in json;
}

/** Reads what a change would come to. An answer that does not say that it was a dry run is none. */
export function readDryRun(answer: Answer, appId: string): UpdatedSummary {
  if (!isDryRun(answer)) {
    throw invalidAnswer(answer, "it does not say that it was a dry run, so the change may have been made");
  }
  const { [warningsName]: warnings } = read(answer, dryRunSchema, readJson(answer));
  return { ...readSummary(answer, appId), warnings };
}

/** Reads one app with its summary. */
export function readApp(answer: Answer, appId: string): ListedApp {
  const app = read(answer, mobileAppListItemSchema, readJson(answer));
  requireSame(answer, app.id, appId);
  return listedApp(answer, app);
}

/** Reads a page of apps with their summaries, and where the next one is. */
export function readPage(answer: Answer): ListedPage & { readonly next: URL | undefined } {
  const page = read(answer, mobileAppPageSchema, readJson(answer));
  const next = page["@odata.nextLink"];
  return {
    apps: page.value.map((app) => listedApp(answer, app)),
    ...(page["@odata.count"] !== undefined && { count: page["@odata.count"] }),
    next: next === undefined ? undefined : new URL(next),
  };
}

/** The error for a success that cannot be used: what is missing is never guessed. */
export function invalidAnswer(answer: Answer, why: string): GraphError {
  const message = `The answer to ${answer.to} cannot be used: ${why}.`;
  return new GraphError({ status: 502, code: "InvalidAnswer", message, requestId: answer.requestId });
}

/** The error for a 204 to a change after which nothing can be read: whoever took it for a refusal would change twice. */
export function acknowledged({ to, requestId }: Answer, cause: unknown): GraphError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `${to} was answered with 204: the change was made. What holds now could not be read. ${why}`;
  return new GraphError({ status: 502, code: "InvalidAnswer", message, requestId, cause });
}

function listedApp(answer: Answer, { installSummary, ...app }: MobileAppListItem): ListedApp {
  if (installSummary === undefined)
    throw invalidAnswer(answer, `the app ${app.id} comes without its installSummary`);
  const { "@odata.etag": etag, ...summary } = installSummary;
  requireSame(answer, summary.id, app.id);
  return { ...app, installSummary: summary, etag };
}

function requireSame(answer: Answer, found: string, asked: string): void {
  if (found.toLowerCase() === asked.toLowerCase()) return;
  throw invalidAnswer(answer, `it is about the app ${found} instead of ${asked}`);
}

function readJson(answer: Answer): unknown {
  const json = parseJson(answer.body);
  if (json === undefined) throw invalidAnswer(answer, "it is not JSON");
  return json;
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unwrap(json: unknown): unknown {
  const isWrapped = typeof json === "object" && json !== null && "value" in json && !("id" in json);
  return isWrapped ? json.value : json;
}

function read<Value>(answer: Answer, schema: z.core.$ZodType<Value>, json: unknown): Value {
  const result = z.safeParse(schema, json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  throw invalidAnswer(answer, where + (issue?.message ?? "it has another shape"));
}
