import { visibleText } from "@install-summary/core/text";
import { pino, stdSerializers, stdTimeFunctions, type Logger } from "pino";
import { formatLogLine } from "./format-log-line.ts";
import { openLogOutput, type LogDestination } from "./log-output.ts";
import type { Settings } from "../settings/settings.ts";

const longestValue = 256;

/**
 * Makes the log of a facade: JSON, or text for people, on standard output unless told otherwise. Whatever is
 * logged, no token appears in it, and no value is long or holds characters that would forge a line.
 */
export function createLog({ log }: Pick<Settings, "log">, to: LogDestination = openLogOutput(1)): Logger {
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
