import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { decodeText, parseEditedJson } from "@install-summary/command-line/text";
import { closeSync, openSync, readSync } from "node:fs";

const maxBytes = 1024 * 1024;

/** The JSON values of a config file by the keys of their settings, those of `limits` as `limits.NAME`. */
export type ConfigValues = ReadonlyMap<string, unknown>;

/** Reads a config file; `$schema`, which is for editors, is left out. Throws `UserError` if it cannot be read, or does not hold one JSON object. */
export function readConfigFile(file: string): ConfigValues {
  const values = membersOf(parseEditedJson(readText(file), (why) => unusable(file, why)));
  if (values === undefined) throw unusable(file, "it must hold one JSON object");
  values.delete("$schema");
  if ([...values.keys()].some((key) => key.startsWith("limits.")))
    throw unusable(file, "limits.NAME must be written as the member NAME of the object limits");
  const limits = values.get("limits");
  values.delete("limits");
  if (limits === undefined) return values;
  const named = membersOf(limits);
  if (named === undefined) throw unusable(file, "limits must be a JSON object");
  for (const [name, value] of named) values.set(`limits.${name}`, value);
  return values;
}

/** All members of a JSON object, one that is called `__proto__` too; undefined for any other value. */
function membersOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map<string, unknown>(Object.entries(value));
}

/** Never more than the limit, since a device such as `/dev/zero` has no size and no end. */
function readText(file: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (let count = 1; count > 0 && length < buffer.length; length += count) {
      count = readSync(descriptor, buffer, length, buffer.length - length, null);
    }
    if (length > maxBytes) throw unusable(file, `it is larger than ${maxBytes} bytes`);
    return decodeText(buffer.subarray(0, length));
  } catch (error) {
    if (error instanceof TypeError) throw unusable(file, "it is neither UTF-8 nor UTF-16");
    throw error instanceof UserError ? error : unusable(file, fileErrorText(error));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function unusable(file: string, why: string): UserError {
  return new UserError(`The config file ${file} cannot be used: ${why}.`, { code: "InvalidSettings" });
}
