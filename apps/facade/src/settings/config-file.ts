import { visibleText } from "@install-summary/core/text";
import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";

const mostBytes = 1024 * 1024;
const objectSchema = z.record(z.string(), z.unknown());

/** What stands in a config file: JSON's values by the names of their settings, those of `limits` as `limits.NAME`. */
export type ConfigValues = ReadonlyMap<string, unknown>;

/** Reads a config file. Throws `UserError` where it is none. */
export function readConfigFile(file: string): ConfigValues {
  const config = objectSchema.safeParse(parse(file));
  if (!config.success) throw refused(file, "it must hold one JSON object");
  const { limits, ...others } = config.data;
  const values = new Map<string, unknown>(Object.entries(others));
  if (limits === undefined) return values;
  const named = objectSchema.safeParse(limits);
  if (!named.success) throw refused(file, "limits must be a JSON object");
  for (const [name, value] of Object.entries(named.data)) values.set(`limits.${name}`, value);
  return values;
}

function parse(file: string): unknown {
  const text = read(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's words quote the text around the fault.
    throw refused(file, `it is not JSON: ${visibleText(String(error), 200)}`);
  }
}

function read(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > mostBytes) throw refused(file, `it is larger than ${mostBytes} bytes`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refused(file, fileErrorText(error));
  }
}

function refused(file: string, why: string): UserError {
  return new UserError(`The config file ${file} cannot be used: ${why}.`);
}
