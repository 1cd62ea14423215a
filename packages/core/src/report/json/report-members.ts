import { parseTypedCounter } from "../../resource/typed-counter.ts";
import type { GraphError } from "../../http/graph-error.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../text/json-value.ts";
import { cellText } from "./cell-text.ts";
import { unreadable } from "../input/unreadable.ts";

/** Parses `TotalRowCount` or `@odata.count`. Throws `GraphError` 400 if it is not a number of rows. */
export function parseTotal(name: string, value: JsonValue): number {
  const total = parseTypedCounter(cellText(value));
  if (total.kind === "value") return total.value;
  throw notAReport(`has a '${name}' that is not a number of rows`);
}

/** Parses `Schema` into the names of the columns. Throws `GraphError` 400 if it is not a list of columns. */
export function parseSchema(value: JsonValue): readonly string[] {
  const columns = isJsonArray(value) ? value.items : [];
  const names = columns.map(columnName);
  if (names.length > 0 && names.every((name) => name !== undefined)) return names;
  if ([value, ...columns].some(isPowerShellText)) throw cutByPowerShell("a column of 'Schema'");
  throw notAReport("has a 'Schema' that is not a list of columns");
}

/** The error for a text in the place of a list or an object: `ConvertTo-Json` writes such texts below its default depth. */
export function cutByPowerShell(what: string): GraphError {
  return unreadable(
    `The JSON has a text in the place of ${what}. If PowerShell wrote it, use ConvertTo-Json -Depth 10.`,
  );
}

/** The error for a JSON text that is not a report; `why` follows "The JSON". */
export function notAReport(why: string): GraphError {
  return unreadable(
    `The JSON ${why}. A report looks like {"values":[{"ApplicationId":"…"}]}, or like {"Schema":[{"Column":"ApplicationId"}],"Values":[["…"]]}.`,
  );
}

/** Whether a value is what PowerShell writes for an object without its content. */
export function isPowerShellText(value: JsonValue): boolean {
  return typeof value === "string" && /^(?:@\{|System\.)/.test(value);
}

/** Whether a member is the error of a request that failed: an object with a code or a message. A column may have its name. */
export function isErrorMember(name: string, value: JsonValue): boolean {
  return (
    isJsonObject(value) &&
    /^error$/i.test(name) &&
    value.members.some(([member]) => /^(?:code|message)$/i.test(member))
  );
}

function columnName(column: JsonValue): string | undefined {
  const members = isJsonObject(column) ? column.members : [];
  const [name, ...others] = members.filter(([member]) => member.toLowerCase() === "column");
  return typeof name?.[1] === "string" && others.length === 0 ? name[1] : undefined;
}
