import type { Logger } from "pino";
import type { Exchange } from "@install-summary/core/service";
import { formatLogValue } from "./format-log-line.ts";
import { lineOutputOf, quoteValue } from "./log.ts";

/** What the access log says about one request. */
export type AccessEntry = Pick<
  Exchange,
  "requestId" | "clientRequestId" | "method" | "resource" | "app" | "tenant" | "actor" | "error"
>;

/** Writes the line of a request that ended with a status after so many milliseconds. */
export type AccessLog = (entry: AccessEntry, status: number, ms: number) => void;

/** Probes ask every few seconds. */
const probes: ReadonlySet<string | undefined> = new Set(["livez", "readyz"]);

/**
 * Makes the access log of a logger. Nearly every line says `answered`. For a logger of `createLog` that line is
 * written as one template, since pino's way to the same text costs several times as much.
 */
export function createAccessLog(log: Logger): AccessLog {
  const output = lineOutputOf(log);
  const format = output?.form === "text" ? formatText : formatJson;
  return (entry, status, ms) => {
    if (entry.error !== undefined) return logError(log, fieldsOf(entry, status, ms), entry.error);
    const level = probes.has(entry.resource) ? "debug" : "info";
    if (!log.isLevelEnabled(level)) return;
    if (output === undefined || level === "debug") log[level](fieldsOf(entry, status, ms), "answered");
    else output.write(format(entry, status, ms));
  };
}

/** The message of a refusal quotes what was sent, so only its code is logged. */
function logError(
  log: Logger,
  entry: AccessFields,
  { code, cause }: NonNullable<AccessEntry["error"]>,
): void {
  const fields = { ...entry, code };
  if (entry.status < 500) log.info(fields, "refused");
  else if (cause instanceof Error) log.error({ ...fields, err: cause }, "failed");
  else log.warn(fields, "not served");
}

interface AccessFields {
  readonly status: number;
  readonly [name: string]: unknown;
}

function fieldsOf(entry: AccessEntry, status: number, ms: number): AccessFields {
  const { requestId, clientRequestId, method, resource, app, tenant, actor } = entry;
  return {
    requestId,
    clientRequestId: clientRequestId === requestId ? undefined : clientRequestId,
    method,
    resource,
    app,
    tenant,
    actor,
    status,
    ms: rounded(ms),
  };
}

function formatJson(entry: AccessEntry, status: number, ms: number): string {
  const { requestId, clientRequestId, method, resource, app, tenant, actor } = entry;
  let line = `{"level":"info","time":"${isoTime()}","requestId":"${requestId}"`;
  if (clientRequestId !== requestId) line += `,"clientRequestId":${quoteValue(clientRequestId)}`;
  line += `,"method":"${method}"`;
  if (resource !== undefined) line += `,"resource":"${resource}"`;
  if (app !== undefined) line += `,"app":"${app}"`;
  if (tenant !== undefined) line += `,"tenant":"${tenant}"`;
  if (actor !== undefined) line += `,"actor":${quoteValue(actor)}`;
  return `${line},"status":${status},"ms":${rounded(ms)},"msg":"answered"}\n`;
}

function formatText(entry: AccessEntry, status: number, ms: number): string {
  const { requestId, clientRequestId, method, resource, app, tenant, actor } = entry;
  let line = `${isoTime()} info  answered requestId=${requestId}`;
  if (clientRequestId !== requestId) line += ` clientRequestId=${unquoted(clientRequestId)}`;
  line += ` method=${method}`;
  if (resource !== undefined) line += ` resource=${resource}`;
  if (app !== undefined) line += ` app=${app}`;
  if (tenant !== undefined) line += ` tenant=${tenant}`;
  if (actor !== undefined) line += ` actor=${unquoted(actor)}`;
  return `${line} status=${status} ms=${rounded(ms)}\n`;
}

function unquoted(value: string): string {
  return formatLogValue(JSON.parse(quoteValue(value)));
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
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
