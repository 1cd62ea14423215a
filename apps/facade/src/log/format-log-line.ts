import { z } from "zod";

const lineSchema = z.looseObject({
  time: z.string(),
  level: z.string(),
  msg: z.string().default(""),
  err: z.object({ message: z.string(), stack: z.string().optional() }).optional(),
});

/** Turns a line of the JSON log into one that people read: `TIME level message name=value …`. */
export function formatLogLine(line: string): string {
  const { time, level, msg, err, ...values } = lineSchema.parse(JSON.parse(line));
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${formatValue(value)}`);
  const head = [time, level.padEnd(5), msg, ...pairs].join(" ");
  return err === undefined
    ? `${head}\n`
    : `${head}\n  ${(err.stack ?? err.message).replaceAll("\n", "\n  ")}\n`;
}

/** Bare where that cannot be misread. */
function formatValue(value: unknown): string {
  return typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
