import { visibleText } from "@install-summary/core/text";
import * as z from "zod";
import type { Exchange } from "@install-summary/core/service";
import { parseTraceParent, type TraceParent } from "./trace-parent.ts";

/** What the access log says about one request. */
export type AccessEntry = Pick<
  Exchange,
  | "requestId"
  | "clientRequestId"
  | "method"
  | "resource"
  | "app"
  | "tenant"
  | "actor"
  | "isRepeated"
  | "error"
> &
  Partial<Pick<Exchange, "headers">>;

/** The caller's span, where the request names one. */
export function traceOf({ headers }: AccessEntry): TraceParent | undefined {
  return parseTraceParent(headers?.get("traceparent") ?? null);
}

/** The JSON line of a request without an error. */
export function formatAccessJson(entry: AccessEntry, status: number, ms: number): string {
  const { requestId, clientRequestId, method, resource, app, tenant, actor, isRepeated } = entry;
  let line = `{"level":"info","time":"${isoTime()}","requestId":"${requestId}"`;
  if (clientRequestId !== requestId) line += `,"clientRequestId":${quoteValue(clientRequestId)}`;
  line += `,"method":"${method}"`;
  if (resource !== undefined) line += `,"resource":"${resource}"`;
  if (app !== undefined) line += `,"app":"${app}"`;
  if (tenant !== undefined) line += `,"tenant":"${tenant}"`;
  if (actor !== undefined) line += `,"actor":${quoteActor(actor)}`;
  if (isRepeated === true) line += `,"repeated":true`;
  const trace = traceOf(entry);
  if (trace !== undefined) line += `,"traceId":"${trace.traceId}","parentId":"${trace.parentId}"`;
  return `${line},"status":${status},"ms":${rounded(ms)},"msg":"served"}\n`;
}

/** The line for people of a request without an error. */
export function formatAccessText(entry: AccessEntry, status: number, ms: number): string {
  const { requestId, clientRequestId, method, resource, app, tenant, actor, isRepeated } = entry;
  let line = `${isoTime()} info  served requestId=${requestId}`;
  if (clientRequestId !== requestId) line += ` clientRequestId=${unquoted(clientRequestId)}`;
  line += ` method=${method}`;
  if (resource !== undefined) line += ` resource=${resource}`;
  if (app !== undefined) line += ` app=${app}`;
  if (tenant !== undefined) line += ` tenant=${tenant}`;
  if (actor !== undefined) line += ` actor=${unquoted(actor)}`;
  if (isRepeated === true) line += " repeated=true";
  const trace = traceOf(entry);
  if (trace !== undefined) line += ` traceId=${trace.traceId} parentId=${trace.parentId}`;
  return `${line} status=${status} ms=${rounded(ms)}\n`;
}

const lineSchema = z.looseObject({
  time: z.string(),
  level: z.string(),
  msg: z.string().default(""),
  err: z.object({ message: z.string(), stack: z.string().optional() }).optional(),
});

/** Formats a line of the JSON log for people: `TIME level message name=value …`. */
export function formatLogLine(line: string): string {
  const { time, level, msg, err, ...values } = lineSchema.parse(JSON.parse(line));
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${formatLogValue(value)}`);
  const head = [time, level.padEnd(5), msg, ...pairs].join(" ");
  return err === undefined
    ? `${head}\n`
    : `${head}\n  ${(err.stack ?? err.message).replaceAll("\n", "\n  ")}\n`;
}

/** The fields of an entry, with texts that are safe to show. */
export function makeVisible(entry: Record<string, unknown>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(entry)) {
    shown[key] = typeof value === "string" ? visibleValue(value) : value;
  }
  return shown;
}

/** A text without the tokens in it. Every JSON Web Token begins with `eyJ`; other tokens only ever follow these words. */
export function withoutTokens(text: string): string {
  return text.replaceAll(/(\bBearer\s+|access_token=)[^\s"&\\]+|\beyJ[\w-]{4,}(?:\.[\w-]*)*/gi, "$1[token]");
}

/** Milliseconds as the log has them, to a hundredth. */
export function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}

function unquoted(value: string): string {
  return formatLogValue(JSON.parse(quoteValue(value)));
}

/** A value of a text line: a word is written as it is, anything else as JSON. */
function formatLogValue(value: unknown): string {
  return typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}

/** A text as a JSON line of the log holds it, quotes included. */
function quoteValue(text: string): string {
  return withoutTokens(JSON.stringify(visibleValue(text)));
}

const quotedActors = new Map<string, string>();
const maxQuotedActors = 1000;

/** The same of an actor: most requests are of few. */
function quoteActor(actor: string): string {
  const known = quotedActors.get(actor);
  if (known !== undefined) return known;
  if (quotedActors.size === maxQuotedActors) quotedActors.clear();
  const quoted = quoteValue(actor);
  quotedActors.set(actor, quoted);
  return quoted;
}

const maxValueLength = 256;

/** As it can be shown anywhere, and not too long. */
function visibleValue(text: string): string {
  return visibleText(text, maxValueLength);
}

let lastTime = 0;
let lastIsoTime = "";

/** The time as pino writes it; many requests share a millisecond. */
function isoTime(): string {
  const now = Date.now();
  if (now !== lastTime) {
    lastTime = now;
    lastIsoTime = new Date(now).toISOString();
  }
  return lastIsoTime;
}
