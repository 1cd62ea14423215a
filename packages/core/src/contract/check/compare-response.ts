import { visibleText } from "../../text/visible-text.ts";
import { capture } from "./captured-values.ts";
import { captureJson, compareJson } from "./compare-json.ts";
import { describeExpected, matches } from "./match.ts";
import { fillIn, fillInValue, hasPlaceholder, type PlaceholderValues } from "./placeholders.ts";
import type { ExpectedError, PairResponse } from "../format/golden-pair.ts";

/** A response, read whole. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The differences of a response from the expected one. Captures values where they are as expected. */
export function compareResponse(
  received: ReceivedResponse,
  expected: PairResponse,
  values: PlaceholderValues,
): readonly string[] {
  // Another status is another kind of response: nothing else of it is comparable.
  if (received.status !== expected.status) {
    const said = received.text === "" ? "" : `: ${show(received.text)}`;
    return [`the status must be ${expected.status} but is ${received.status}${said}`];
  }
  const headers = Object.entries(expected.headers ?? {}).flatMap(([name, value]) =>
    compareHeader(name, received.headers.get(name), value),
  );
  return [...headers, ...compareBody()];

  function compareHeader(name: string, found: string | null, value: string | null): readonly string[] {
    const where = `the header ${name}`;
    if (value === null) return found === null ? [] : [`${where} must be absent but is ${show(found)}`];
    if (found === null) return [`${where} is missing`];
    const wanted = fillIn(value, values);
    // An earlier header should have captured this value and did not: its own sentence says so.
    if (hasPlaceholder(wanted)) return [];
    return matches(found, wanted) || isSameList(name, found, wanted)
      ? capture(found, wanted, where, values.captured)
      : [`${where} must be ${describeExpected(wanted, show)} but is ${show(found)}`];
  }

  function compareBody(): readonly string[] {
    const { body, error } = expected;
    if (body === undefined && error === undefined) {
      return received.text === "" ? [] : [`the body must be empty but is ${show(received.text)}`];
    }
    let found: unknown;
    try {
      found = JSON.parse(received.text);
    } catch {
      return [`the body must be JSON but is '${show(received.text)}'`];
    }
    if (error !== undefined) return compareError(found, error);
    const wanted = fillInValue(body ?? null, values);
    const differences = compareJson(found, wanted, "body");
    return differences.length > 0 ? differences : captureJson(found, wanted, "body", values.captured);
  }
}

/** Whether two lists of a header say the same: their order does not matter. */
function isSameList(name: string, found: string, wanted: string): boolean {
  if (name !== "vary") return itemsOf(found).join() === itemsOf(wanted).join();
  // A proxy adds its own names, also those that are there already, and a server that allows origins adds `Origin`.
  const names = itemsOf(found.toLowerCase());
  return itemsOf(wanted.toLowerCase()).every((one) => names.includes(one));
}

function itemsOf(list: string): readonly string[] {
  return list
    .split(",")
    .map((item) => item.trim())
    .toSorted();
}

function show(text: string): string {
  return visibleText(text, 200);
}

function compareError(
  found: unknown,
  { code, innerCode, target, detailTargets = [] }: ExpectedError,
): readonly string[] {
  const error = memberOf(found, "error");
  if (error === undefined) return [`the body must be {"error":{…}} but is ${show(JSON.stringify(found))}`];
  const innerError = {
    ...innerErrorForm,
    ...(innerCode !== undefined && { code: innerCode }),
    // Intune repeats the message.
    ...(code === "ModelValidationFailure" && { message: "{text}" }),
  };
  return [
    ...compareJson(error, { code, message: "{text}", innerError, "…": "…" }, "error"),
    ...compareMember(memberOf(error, "target"), target, "error.target"),
    ...compareDetails(memberOf(error, "details") ?? [], detailTargets),
  ];
}

/** What every error has, with any content. */
const innerErrorForm = { date: "{text}", "request-id": "{text}", "client-request-id": "{text}", "…": "…" };

function compareDetails(found: unknown, expected: readonly string[]): readonly string[] {
  if (!Array.isArray(found)) return ["error.details must be an array"];
  if (found.length !== expected.length) {
    return [`error.details must have ${expected.length} elements but has ${found.length}`];
  }
  return expected.flatMap((target, index) =>
    compareJson(
      found[index],
      { code: "{text}", message: "{text}", target, "…": "…" },
      `error.details[${index}]`,
    ),
  );
}

function compareMember(found: unknown, expected: string | undefined, where: string): readonly string[] {
  if (expected !== undefined) return compareJson(found, expected, where);
  return found === undefined || found === null ? [] : [`${where} must be absent`];
}

function memberOf(value: unknown, name: string): unknown {
  return new Map<string, unknown>(Object.entries(Object(value))).get(name);
}
