import { visibleText } from "@install-summary/core";
import { destination, pino, stdSerializers, stdTimeFunctions, type Logger } from "pino";
import { formatLogLine } from "./format-log-line.ts";
import type { Settings } from "./settings.ts";

/** Where the lines of a log go. */
export interface LogDestination {
  write(line: string): unknown;
}

const longestValue = 256;

/**
 * Makes the log of a facade: JSON, or text for people, on standard output unless told otherwise. Whatever is
 * logged, no token appears in it, and no value is long or holds characters that would forge a line.
 */
export function createLog({ log }: Pick<Settings, "log">, to: LogDestination = openStandardOutput()): Logger {
  return pino(
    {
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }), log: makeVisible },
      serializers: { err: stdSerializers.err },
      hooks: { streamWrite: withoutTokens },
    },
    log === "json" ? to : { write: (line) => to.write(formatLogLine(line)) },
  );
}

function openStandardOutput(): LogDestination {
  // Not synchronous: a reader that stops must not stop the facade with it. Together, since a write for each line
  // costs more than the request that it tells of.
  const output = destination({ fd: 1, sync: false, minLength: 8192, periodicFlush: 100 });
  // A closed pipe or a full disk costs the log, never the service.
  output.on("error", () => undefined);
  return output;
}

function makeVisible(entry: Record<string, unknown>): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(entry)) {
    shown[key] = typeof value === "string" ? visibleText(value, longestValue) : value;
  }
  return shown;
}

/** Every JSON Web Token begins like this; others only ever come behind these words. */
function withoutTokens(line: string): string {
  return line.replaceAll(/(\bBearer\s+|access_token=)[^\s"&\\]+|\beyJ[\w-]{4,}(?:\.[\w-]*)*/gi, "$1[token]");
}
