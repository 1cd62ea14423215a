import { parseTenantId } from "../identity/token.ts";
import { isObject, type GivenType } from "./given.ts";

/** A type whose values are used as they are. */
export function plain<Value>(rule: string, fits: (value: unknown) => value is Value): GivenType<Value> {
  return { rule, parse: (given) => (fits(given) ? given : undefined) };
}

export const aText: GivenType<string> = plain("a text", (value) => typeof value === "string");
export const yesOrNo: GivenType<boolean> = plain("true or false", (value) => typeof value === "boolean");

/** Any text that is not empty. */
export const aName: GivenType<string> = plain(
  "a text that is not empty",
  (value): value is string => typeof value === "string" && value !== "",
);

/** How long a token lives, in seconds. */
export const lifetime: GivenType<number> = plain(
  "a number of seconds",
  (value): value is number => typeof value === "number" && Number.isFinite(value),
);

/** Any object. */
export const anObject: GivenType<Readonly<Record<string, unknown>>> = plain(
  "an object",
  (value): value is Readonly<Record<string, unknown>> => isObject(value),
);

/** What a function takes and returns cannot be seen. */
export function aFunction<Value extends (...given: never) => unknown>(rule = "a function"): GivenType<Value> {
  return plain(rule, (value): value is Value => typeof value === "function");
}

/** The id of a tenant as tokens have it, in lower case. */
export const tenantId: GivenType<string> = {
  rule: "the id of a tenant, which is a GUID and not a domain name",
  parse: parseTenantId,
};
