import { z } from "zod";

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

/** A value of a text line: a word is written as it is, anything else as JSON. */
export function formatLogValue(value: unknown): string {
  return typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
