import { counterMaximum } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { parseEditedJson } from "@install-summary/command-line/text";
import type { core } from "zod";
import { planSchema, type Plan } from "./plan.ts";
import { etagFault } from "./written-etag.ts";

/** Where the text of a plan is from: the argument that names it, and the command that makes a plan again. */
interface PlanSource {
  readonly argument: string;
  readonly again: string;
}

/** The plan of a JSON text. Throws `UserError` that says where it is wrong, and what to do. */
export function parsePlan(text: string, source: PlanSource): Plan {
  if (text.trim() === "") throw unreadable("it is empty", source);
  const value = parseEditedJson(text, (why) => unreadable(why, source));
  const parsed = planSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  if (isNewer(value)) throw unreadable("it is of a newer version of this program", source);
  const [issue] = parsed.error.issues;
  throw unreadable(issue === undefined ? "it is not a plan" : faultOf(issue, value), source);
}

/** The error for a plan that cannot be read; `why` is a part of a sentence. */
export function unreadable(why: string, { argument, again }: PlanSource): UserError {
  return new UserError(`The plan cannot be read: ${why}.`, {
    exit: exitCodes.refused,
    code: "BadRequest",
    argument,
    help: [`Make it again: ${again}`],
  });
}

function isNewer(value: unknown): boolean {
  return typeof value === "object" && value !== null && "format" in value && Number(value.format) > 1;
}

/** Where a plan is wrong, such as `changes[2].id`, and what should be there. */
function faultOf(issue: core.$ZodIssue, value: unknown): string {
  const place = placeOf(issue.path);
  if (place === "") return "it must be an object";
  if (issue.code === "custom") return `${place}: ${issue.message}`;
  if (issue.code === "unrecognized_keys")
    return `${placeOf([...issue.path, ...issue.keys.slice(0, 1)])} is not a counter`;
  const found = valueAt(value, issue.path);
  if (found === undefined) return `${place} is missing`;
  const name = issue.path.at(-1);
  if (name === "etag" && (typeof found === "string" || typeof found === "number"))
    return `${place} ${etagFault(String(found))}; write null if it is not known`;
  return `${place} must be ${expected(name)}`;
}

function placeOf(path: readonly PropertyKey[]): string {
  const parts = path.map((part) =>
    typeof part === "number" ? `[${part}]` : `.${visibleText(String(part), 64)}`,
  );
  return parts.join("").replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, part) => (typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined),
    value,
  );
}

/** What a part of a plan is, by its name; what has a number is a change, and all other names are counters. */
function expected(name: PropertyKey | undefined): string {
  switch (name) {
    case "format":
      return "1";
    case "url":
      return "the base URL of a server";
    case "changes":
      return "a list";
    case "id":
      return "the id of an app, a GUID";
    case "etag":
      return "an ETag, or null";
    case "before":
    case "patch":
      return "an object of counters";
    case undefined:
    default:
      return typeof name === "number" ? "an object" : `a whole number from 0 to ${counterMaximum}`;
  }
}
