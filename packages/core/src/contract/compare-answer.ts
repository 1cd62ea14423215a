import { visibleText } from "../visible-text.ts";
import { compareJson } from "./compare-json.ts";
import { fillIn, fillInValue, type Fillings } from "./fill-in.ts";
import type { ExpectedError, PairAnswer } from "./golden-pair.ts";
import { matchesText } from "./match-text.ts";
import { isETag } from "./value-kinds.ts";

/** An answer with its body read. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What of an answer is not as expected. ETags whose names are new are captured, where no other name has them. */
export function compareAnswer(
  answer: ReceivedAnswer,
  expected: PairAnswer,
  fillings: Fillings,
): readonly string[] {
  // Another status is another kind of answer, of which nothing else is comparable.
  if (answer.status !== expected.status) {
    const said = answer.text === "" ? "" : `: ${visibleText(answer.text, 200)}`;
    return [`the status must be ${expected.status}, is ${answer.status}${said}`];
  }
  const headers = Object.entries(expected.headers ?? {}).flatMap(([name, value]) =>
    compareHeader(name, answer.headers.get(name) ?? undefined, value),
  );
  return [...headers, ...compareBody()];

  function compareHeader(name: string, found: string | undefined, value: string): readonly string[] {
    if (found === undefined) return [`the header ${name} is missing`];
    const etag = /^\{etag:([a-z]+)\}$/.exec(value)?.[1];
    if (etag !== undefined && !fillings.etags.has(etag)) return captureETag(name, found, etag);
    const wanted = fillIn(value, fillings);
    return matchesText(found, wanted) || sortList(found) === sortList(wanted)
      ? []
      : [`the header ${name} must be ${visibleText(wanted, 200)}, is ${visibleText(found, 200)}`];
  }

  function captureETag(name: string, found: string, etag: string): readonly string[] {
    if (!isETag(found)) {
      return [`the header ${name} must be one ETag such as W/"7", is ${visibleText(found, 64)}`];
    }
    const [earlier] = [...fillings.etags].find(([, captured]) => captured === found) ?? [];
    if (earlier !== undefined) {
      return [`the header ${name} must be another than '${earlier}' had, is ${visibleText(found, 64)} again`];
    }
    fillings.etags.set(etag, found);
    return [];
  }

  function compareBody(): readonly string[] {
    const { body, error } = expected;
    if (body === undefined && error === undefined) {
      return answer.text === "" ? [] : [`the body must be empty, is ${visibleText(answer.text, 200)}`];
    }
    let found: unknown;
    try {
      found = JSON.parse(answer.text);
    } catch {
      return [`the body must be JSON, is '${visibleText(answer.text, 200)}'`];
    }
    return error === undefined
      ? compareJson(found, fillInValue(body ?? null, fillings), "body")
      : compareError(found, error);
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

function compareError(found: unknown, { code, target, details }: ExpectedError): readonly string[] {
  const error = memberOf(found, "error");
  if (error === undefined)
    return [`the body must be {"error":{…}}, is ${visibleText(JSON.stringify(found), 200)}`];
  return [
    ...compareJson(error, { code, ...errorForm }, "error"),
    ...compareMember(memberOf(error, "target"), target, "error.target"),
    ...compareDetails(memberOf(error, "details") ?? [], details ?? []),
  ];
}

/** What every error has, whatever it says there. */
const errorForm = {
  message: "{text}",
  innerError: { date: "{text}", "request-id": "{text}", "client-request-id": "{text}", "…": "…" },
  "…": "…",
};

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
