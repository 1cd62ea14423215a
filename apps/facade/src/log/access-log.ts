import type { Logger } from "pino";
import { formatLogValue } from "./format-log-line.ts";
import { lineOutputOf, quoteValue } from "./log.ts";

/** What the access log says about one request. The mutable members are set as they become known. */
export interface AccessEntry {
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly method: string;
  /** What the path names, such as `summary`. */
  resource?: string | undefined;
  /** The id of the app that the path names. */
  app?: string | undefined;
  tenant?: string | undefined;
  actor?: string | undefined;
}

/** How a request ended. */
export interface AccessOutcome {
  readonly status: number;
  /** The time that it took, in milliseconds. */
  readonly ms: number;
}

/** An error as the access log reports it: the code that the caller was told, and the cause that it was not told. */
export interface AccessError extends AccessOutcome {
  readonly code: string;
  readonly cause?: unknown;
}

/** Writes one line per request. */
export interface AccessLog {
  answered(entry: AccessEntry, outcome: AccessOutcome): void;
  failed(entry: AccessEntry, error: AccessError): void;
}

/** Probes ask every few seconds. */
const probes: ReadonlySet<string | undefined> = new Set(["livez", "readyz"]);

/**
 * Makes the access log of a logger. Nearly every line says `answered`. For a logger of `createLog` that line is
 * written as one template, since pino's way to the same text costs ten times as much.
 */
export function createAccessLog(log: Logger): AccessLog {
  const output = lineOutputOf(log);
  const format = output?.form === "text" ? formatText : formatJson;
  return {
    answered(entry, outcome) {
      const level = probes.has(entry.resource) ? "debug" : "info";
      if (!log.isLevelEnabled(level)) return;
      if (output === undefined || level === "debug") log[level](fieldsOf(entry, outcome), "answered");
      else output.write(format(entry, outcome));
    },
    failed(entry, { code, cause, ...outcome }) {
      const fields = { ...fieldsOf(entry, outcome), code };
      // The message of a refusal quotes what was sent, so only its code is logged.
      if (outcome.status < 500) log.info(fields, "refused");
      else if (cause === undefined) log.warn(fields, "not served");
      else log.error({ ...fields, err: cause }, "failed");
    },
  };
}

function fieldsOf(entry: AccessEntry, { status, ms }: AccessOutcome): object {
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

function formatJson(entry: AccessEntry, { status, ms }: AccessOutcome): string {
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

function formatText(entry: AccessEntry, { status, ms }: AccessOutcome): string {
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
