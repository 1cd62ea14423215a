import { visibleText } from "../../text/visible-text.ts";
import { capture, isUnfilled } from "./captures.ts";
import { captureJson, compareJson } from "./compare-json.ts";
import { fillIn, fillInValue, type Fillings } from "./fill-in.ts";
import type { ExpectedError, PairAnswer } from "../format/golden-pair.ts";
import { inWords, isLike } from "./match-text.ts";

/** An answer with its body read. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What of an answer is not as expected. What is to be captured is captured, where it is as expected. */
export function compareAnswer(
  answer: ReceivedAnswer,
  expected: PairAnswer,
  fillings: Fillings,
): readonly string[] {
  // Another status is another kind of answer, of which nothing else is comparable.
  if (answer.status !== expected.status) {
    const said = answer.text === "" ? "" : `: ${show(answer.text)}`;
    return [`the status must be ${expected.status}, is ${answer.status}${said}`];
  }
  const headers = Object.entries(expected.headers ?? {}).flatMap(([name, value]) =>
    compareHeader(name, answer.headers.get(name), value),
  );
  return [...headers, ...compareBody()];

  function compareHeader(name: string, found: string | null, value: string | null): readonly string[] {
    const where = `the header ${name}`;
    if (value === null) return found === null ? [] : [`${where} must not be there, is ${show(found)}`];
    if (found === null) return [`${where} is missing`];
    const wanted = fillIn(value, fillings);
    // A header before it should have been captured and was not: that was said already.
    if (isUnfilled(wanted)) return [];
    return isLike(found, wanted) || sortList(found) === sortList(wanted)
      ? capture(found, wanted, where, fillings.captured)
      : [`${where} must be ${inWords(wanted, show)}, is ${show(found)}`];
  }

  function compareBody(): readonly string[] {
    const { body, error } = expected;
    if (body === undefined && error === undefined) {
      return answer.text === "" ? [] : [`the body must be empty, is ${show(answer.text)}`];
    }
    let found: unknown;
    try {
      found = JSON.parse(answer.text);
    } catch {
      return [`the body must be JSON, is '${show(answer.text)}'`];
    }
    if (error !== undefined) return compareError(found, error);
    const wanted = fillInValue(body ?? null, fillings);
    const differences = compareJson(found, wanted, "body");
    return differences.length > 0 ? differences : captureJson(found, wanted, "body", fillings.captured);
  }
}

/** A header that is a list, in an order that does not matter. */
function sortList(value: string): string {
  return value
    .split(",")
    .map((item) => item.trim())
    .toSorted()
    .join(", ");
}

function show(text: string): string {
  return visibleText(text, 200);
}

function compareError(
  found: unknown,
  { code, innerCode, target, detailTargets = [] }: ExpectedError,
): readonly string[] {
  const error = memberOf(found, "error");
  if (error === undefined) return [`the body must be {"error":{…}}, is ${show(JSON.stringify(found))}`];
  const innerError = {
    ...innerErrorForm,
    ...(innerCode !== undefined && { code: innerCode }),
    // Intune says it twice.
    ...(code === "ModelValidationFailure" && { message: "{text}" }),
  };
  return [
    ...compareJson(error, { code, message: "{text}", innerError, "…": "…" }, "error"),
    ...compareMember(memberOf(error, "target"), target, "error.target"),
    ...compareDetails(memberOf(error, "details") ?? [], detailTargets),
  ];
}

/** What is in every error, whatever it says there. */
const innerErrorForm = { date: "{text}", "request-id": "{text}", "client-request-id": "{text}", "…": "…" };

function compareDetails(found: unknown, expected: readonly string[]): readonly string[] {
  if (!Array.isArray(found)) return ["error.details must be an array"];
  if (found.length !== expected.length) {
    return [`error.details must be ${expected.length}, are ${found.length}`];
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
  return found === undefined || found === null ? [] : [`${where} must not be there`];
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
