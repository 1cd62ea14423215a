import { visibleText } from "@install-summary/core/text";
import { pino, stdSerializers, stdTimeFunctions, type Logger } from "pino";
import type { Settings } from "../settings/settings.ts";
import { formatLogLine } from "./format-log-line.ts";
import { openLogOutput, type LogDestination } from "./log-output.ts";

const maxValueLength = 256;

/** Where a log takes finished lines, and the form in which it wants them. */
export interface LineOutput {
  readonly form: Settings["log"];
  write(line: string): unknown;
}

const lineOutputs = new WeakMap<Logger, LineOutput>();

/**
 * Makes the log of a facade: JSON, or text for people, on standard output unless another destination is given. No token
 * appears in it, no value is longer than 256 characters, and no value holds characters that would forge a line.
 */
export function createLog(
  { log: form }: Pick<Settings, "log">,
  to: LogDestination = openLogOutput(),
): Logger {
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

/** The output of a logger that `createLog` made; undefined for any other, a child of such a logger included. */
export function lineOutputOf(log: Logger): LineOutput | undefined {
  return lineOutputs.get(log);
}

/** A text as a JSON line of the log holds it, quotes included. */
export function quoteValue(text: string): string {
  return withoutTokens(JSON.stringify(visibleValue(text)));
}

function makeVisible(entry: Record<string, unknown>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(entry)) {
    shown[key] = typeof value === "string" ? visibleValue(value) : value;
  }
  return shown;
}

function visibleValue(text: string): string {
  return visibleText(text, maxValueLength);
}

/** Every JSON Web Token begins with `eyJ`; other tokens only ever follow these words. */
function withoutTokens(text: string): string {
  return text.replaceAll(/(\bBearer\s+|access_token=)[^\s"&\\]+|\beyJ[\w-]{4,}(?:\.[\w-]*)*/gi, "$1[token]");
}
