import type { EndedItem, Exchange } from "@install-summary/core/service";
import { pino, stdSerializers, stdTimeFunctions } from "pino";
import type { Settings } from "../settings/settings.ts";
import {
  formatAccessJson,
  formatAccessText,
  formatLogLine,
  makeVisible,
  rounded,
  traceOf,
  withoutTokens,
  type AccessEntry,
} from "./log-line.ts";
import { logRefusal } from "./log-refusal.ts";
import { openLogOutput, type LogDestination } from "./log-output.ts";

/** Where a log takes finished lines, and the form in which it wants them. */
interface LineOutput {
  readonly form: Settings["log"];
  write(line: string): unknown;
}

/** The outputs of the logs of `createLog`; any other log has none. */
const lineOutputs = new WeakMap<Log, LineOutput>();

/** What a facade logs to: a log of `createLog`, a logger of pino, or what fits it. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** Whether lines of this level are written. */
  isLevelEnabled(level: "debug" | "info"): boolean;
}

/**
 * Makes the log of a facade: JSON, or text for people, on standard output unless another destination is given. No token
 * appears in it, no value is longer than 256 characters, and no value holds characters that would forge a line. `level` is
 * the lowest one that is written: "info" at first.
 */
export function createLog(
  { log: form }: Pick<Settings, "log">,
  to: LogDestination = openLogOutput(),
): Log & { level: string } {
  const log = pino(
    {
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }), log: makeVisible },
      serializers: { err: stdSerializers.err },
      hooks: { streamWrite: withoutTokens },
    },
    form === "json" ? to : { write: (line) => to.write(formatLogLine(line)) },
  );
  lineOutputs.set(log, { form, write: (line) => to.write(line) });
  return log;
}

/** Writes the lines of a request that ended with a status after so many milliseconds. */
export type AccessLog = (
  entry: AccessEntry & Pick<Exchange, "items" | "abandoned">,
  status: number,
  ms: number,
) => void;

/** Probes ask every few seconds. */
const probes: ReadonlySet<string | undefined> = new Set(["livez", "readyz"]);

/**
 * Makes the access log of a log. Nearly every line says `served`. For a log of `createLog` that line is
 * written as one template, since pino's way to the same text costs several times as much. A batch has a line with the
 * number of its requests, after a line for each of them that was a change or was refused.
 */
export function createAccessLog(log: Log): AccessLog {
  const output = lineOutputs.get(log);
  const format = output?.form === "text" ? formatAccessText : formatAccessJson;
  return (entry, status, ms) => {
    if (entry.error !== undefined) {
      // The caller went away before that response.
      const reason = entry.abandoned?.().aborted === true ? "callerGone" : undefined;
      return logRefusal(log, { ...fieldsOf(entry, status, ms), reason }, entry.error);
    }
    if (entry.items !== undefined) return logBatch(log, fieldsOf(entry, status, ms), entry.items);
    const level = probes.has(entry.resource) ? "debug" : "info";
    if (!log.isLevelEnabled(level)) return;
    if (output === undefined || level === "debug") log[level](fieldsOf(entry, status, ms), "served");
    else output.write(format(entry, status, ms));
  };
}

function logBatch(log: Log, batch: AccessFields, items: readonly EndedItem[]): void {
  for (const { exchange, status, ms } of items) {
    const fields = { ...fieldsOf(exchange, status, ms), batch: batch["requestId"] };
    if (exchange.error !== undefined) logRefusal(log, fields, exchange.error);
    else if (exchange.method === "PATCH") log.info(fields, "served");
  }
  const refused = items.filter(({ status }) => status >= 400).length;
  log.info({ ...batch, items: items.length, refused }, "served");
}

interface AccessFields {
  readonly status: number;
  readonly [name: string]: unknown;
}

function fieldsOf(entry: AccessEntry, status: number, ms: number): AccessFields {
  const { requestId, clientRequestId, method, resource, app, tenant, actor, isRepeated } = entry;
  return {
    requestId,
    clientRequestId: clientRequestId === requestId ? undefined : clientRequestId,
    method,
    resource,
    app,
    tenant,
    actor,
    repeated: isRepeated === true ? true : undefined,
    ...traceOf(entry),
    status,
    ms: rounded(ms),
  };
}
