import { fillIn, fillInValue } from "../src/contract/fill-in.ts";
import type { ExpectedError, ExpectedJson, GoldenPair } from "../src/contract/golden-pair.ts";
import { appId } from "./samples.ts";

/** An answer as data, so that it can be spoilt. */
export interface PairedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ExpectedJson;
}

/** The ETags that the right answers have, by the names of the pairs. */
export const etags = { example: 'W/"1"', thousand: 'W/"2"', two: 'W/"3"' };

const open = "…";
const fillings = { appId, etags: new Map(Object.entries(etags)) };

/** The answer that a pair describes, with a text for everything that it leaves open. */
export function rightAnswer({ expected }: GoldenPair): PairedAnswer {
  const body = expected.error === undefined ? expected.body : errorBody(expected.error);
  const headers = Object.entries(expected.headers ?? {});
  return {
    status: expected.status,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, fillIn(value, fillings)])),
    ...(body !== undefined && { body: filled(body) }),
  };
}

/** The same with other messages, dates and request ids. */
export function otherWords(answer: PairedAnswer): PairedAnswer {
  const headers = { ...answer.headers, date: "Tue, 24 Nov 2026 12:30:00 GMT", "request-id": "another" };
  if (answer.body === undefined) return { ...answer, headers };
  const words = ["message", "date", "request-id", "client-request-id"];
  const body: ExpectedJson = JSON.parse(JSON.stringify(answer.body), (name, value: unknown) =>
    words.includes(name) ? "another" : value,
  );
  return { ...answer, headers, body };
}

/** The answer of a pair with one thing wrong, in every way of which the pair speaks. */
export function spoiltAnswers(pair: GoldenPair): readonly (readonly [what: string, answer: PairedAnswer])[] {
  const right = rightAnswer(pair);
  const { headers = {}, error } = pair.expected;
  const body = error === undefined ? pair.expected.body : comparedError(error);
  return [
    ["another status", { ...right, status: right.status === 200 ? 500 : 200, body: {} }],
    ...Object.keys(headers).flatMap((name) => [
      [`no header ${name}`, { ...right, headers: {} }] as const,
      [`another header ${name}`, { ...right, headers: { ...right.headers, [name]: 'W/"9"' } }] as const,
    ]),
    ...(body === undefined ? [] : placesOf(body)).flatMap(({ path, isOpen }) => [
      [`no ${path.join(".")}`, edit(right, path, () => undefined)] as const,
      ...(isOpen ? [] : [[`another ${path.join(".")}`, edit(right, path, () => "another")] as const]),
    ]),
  ];
}

/** As an HTTP response. */
export function respond({ status, headers, body }: PairedAnswer): Response {
  const hasNoBody = body === undefined || status === 204 || status === 304;
  return new Response(hasNoBody ? null : JSON.stringify(body), { status, headers });
}

function filled(value: ExpectedJson): ExpectedJson {
  const text: ExpectedJson = JSON.parse(JSON.stringify(value).replaceAll(open, "text"));
  return fillInValue(text, fillings);
}

function errorBody({ code, target, details }: ExpectedError): ExpectedJson {
  const innerError = { date: open, "request-id": open, "client-request-id": open };
  return {
    error: {
      code,
      message: open,
      ...(target !== undefined && { target }),
      ...(details !== undefined && { details: details.map((one) => ({ code, message: open, target: one })) }),
      innerError,
    },
  };
}

/** What of an error is compared. */
function comparedError({ code, target, details }: ExpectedError): ExpectedJson {
  return {
    error: {
      code,
      ...(target !== undefined && { target }),
      ...(details !== undefined && { details: details.map((one) => ({ target: one })) }),
    },
  };
}

interface Place {
  readonly path: readonly string[];
  /** Whether any value is right there. */
  readonly isOpen: boolean;
}

/** Every member and element of a value that must be there, at any depth. */
function placesOf(expected: ExpectedJson, path: readonly string[] = []): readonly Place[] {
  if (typeof expected !== "object" || expected === null) return [];
  return Object.entries(expected).flatMap(([name, value]: [string, ExpectedJson]) => {
    const isFree = name === open || (Array.isArray(expected) && value === open);
    const here = [...path, name];
    return isFree ? [] : [{ path: here, isOpen: value === open }, ...placesOf(value, here)];
  });
}

function edit(
  answer: PairedAnswer,
  path: readonly string[],
  change: () => ExpectedJson | undefined,
): PairedAnswer {
  return { ...answer, body: editJson(answer.body ?? null, path, change) ?? null };
}

function editJson(
  value: ExpectedJson,
  [name, ...rest]: readonly string[],
  change: () => ExpectedJson | undefined,
): ExpectedJson | undefined {
  if (name === undefined) return change();
  if (typeof value !== "object" || value === null) throw new Error(`there is no ${name}`);
  const members = Object.entries(value).flatMap(([key, member]: [string, ExpectedJson]) => {
    const changed = key === name ? editJson(member, rest, change) : member;
    return changed === undefined ? [] : [[key, changed] as const];
  });
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}
