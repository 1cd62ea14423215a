import type * as z from "zod";
import { GraphError } from "../graph-error.ts";
import { taggedSummarySchema } from "../install-summary.ts";
import { mobileAppListItemSchema, mobileAppPageSchema, type MobileAppListItem } from "../mobile-app.ts";
import type { ListedApp, ListedPage, ReadSummary } from "./install-summary-client.ts";
import type { Answer } from "./transport.ts";

/** Reads a summary, bare or as `{"value": …}` (both are documented), with its ETag. */
export function readSummary(answer: Answer, appId: string): ReadSummary {
  const json = readJson(answer);
  const { "@odata.etag": tag, ...summary } = read(answer, taggedSummarySchema, unwrap(json));
  requireSame(answer, summary.id, appId);
  return { summary, etag: answer.etag ?? tag };
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
  try {
    return JSON.parse(answer.body);
  } catch {
    throw invalidAnswer(answer, "it is not JSON");
  }
}

function unwrap(json: unknown): unknown {
  const isWrapped = typeof json === "object" && json !== null && "value" in json && !("id" in json);
  return isWrapped ? json.value : json;
}

function read<Value>(answer: Answer, schema: z.ZodType<Value>, json: unknown): Value {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  throw invalidAnswer(answer, where + (issue?.message ?? "it has another shape"));
}
