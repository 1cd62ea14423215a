import { goldenPairs } from "../src/contract/pairs/golden-pairs.ts";
import { fillIn, fillInValue } from "../src/contract/check/placeholders.ts";
import type { ExpectedJson } from "../src/contract/format/expected-json.ts";
import type { ExpectedError, GoldenPair } from "../src/contract/format/golden-pair.ts";
import { appId } from "./samples.ts";

/** A response as data, so that a test can change it. */
export interface ResponseData {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ExpectedJson;
}

const captures = /\{new (etag|guid|text):([A-Za-z0-9]+)\}/g;
const open = "…";
const values = {
  "{guid}": appId,
  "{etag}": 'W/"7"',
  "{text}": "text",
  "{text or null}": null,
  "{boolean}": true,
  "{time}": "2024-09-30T13:47:10Z",
};

/** The captured values of the right responses, by their names. */
export const captured: ReadonlyMap<string, string> = new Map(
  [...JSON.stringify(goldenPairs).matchAll(captures)].map(([, kind, name = ""], index) => {
    const two = String(index).padStart(2, "0");
    const value = {
      etag: `W/"${index + 1}"`,
      guid: `000000${two}-0000-4000-8000-000000000000`,
      text: `text-${two}`,
    }[kind ?? ""];
    return [name, value ?? ""];
  }),
);

const fillings = { appId, captured: new Map(captured), base: "https://graph.example/beta" };

/** The response that a pair describes, with some text wherever it allows any. */
export function rightResponse({ expected }: GoldenPair): ResponseData {
  const body = expected.error === undefined ? expected.body : errorBody(expected.error);
  const headers = Object.entries(expected.headers ?? {}).filter(hasValue);
  return {
    status: expected.status,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, fillText(value)])),
    ...(body !== undefined && { body: filled(body) }),
  };
}

/** The same with other messages, dates and request ids. */
export function withOtherTexts(response: ResponseData): ResponseData {
  const { "request-id": requestId, "client-request-id": clientRequestId } = response.headers;
  const another = "99999999-9999-4999-8999-999999999999";
  const headers = {
    ...response.headers,
    date: "Tue, 24 Nov 2026 12:30:00 GMT",
    "request-id": another,
    ...(clientRequestId !== undefined && clientRequestId === requestId && { "client-request-id": another }),
  };
  if (response.body === undefined) return { ...response, headers };
  const words = ["message", "date", "request-id", "client-request-id"];
  const body: ExpectedJson = JSON.parse(JSON.stringify(response.body), (name, value: unknown) =>
    words.includes(name) ? "another" : value,
  );
  return { ...response, headers, body };
}

/** The response of a pair with one thing wrong: one for every place that the pair compares. */
export function wrongResponses(
  pair: GoldenPair,
): readonly (readonly [what: string, response: ResponseData])[] {
  const right = rightResponse(pair);
  const { headers = {}, error } = pair.expected;
  const body = error === undefined ? pair.expected.body : comparedError(error);
  return [
    ["another status", { ...right, status: right.status === 200 ? 500 : 200, body: {} }],
    ...Object.entries(headers)
      .filter(hasValue)
      .flatMap(([name, value]) => [
        [`no header ${name}`, { ...right, headers: without(right.headers, name) }] as const,
        ...(value === "{text}" ? [] : [withHeader(right, name)]),
      ]),
    ...Object.entries(headers)
      .filter(([, value]) => value === null)
      .map(([name]) => withHeader(right, name)),
    ...(body === undefined ? [] : placesOf(body)).flatMap(({ path, value }) => [
      [`no ${path.join(".")}`, edit(right, path, () => undefined)] as const,
      ...wrongValues(value).map(
        (wrong) => [`${path.join(".")} is ${JSON.stringify(wrong)}`, edit(right, path, () => wrong)] as const,
      ),
    ]),
  ];
}

/** As an HTTP response. */
export function respond({ status, headers, body }: ResponseData): Response {
  const hasNoBody = body === undefined || status === 204 || status === 304;
  return new Response(hasNoBody ? null : new TextEncoder().encode(JSON.stringify(body)), { status, headers });
}

function hasValue(header: [string, string | null]): header is [string, string] {
  return header[1] !== null;
}

function without(headers: ResponseData["headers"], name: string): ResponseData["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
}

function withHeader(response: ResponseData, name: string): readonly [string, ResponseData] {
  return [`another header ${name}`, { ...response, headers: { ...response.headers, [name]: "another" } }];
}

function fillText(value: string): string {
  const made = value
    .replaceAll(captures, "{$1:$2}")
    .replaceAll(open, "text")
    .replace(/^\{text\}$/, "text");
  return fillIn(made, fillings);
}

function filled(value: ExpectedJson): ExpectedJson {
  let text = JSON.stringify(value)
    .replaceAll(captures, "{$1:$2}")
    .replaceAll('"{count}"', "7")
    .replaceAll(open, "text");
  for (const [kind, one] of Object.entries(values)) text = text.replaceAll(`"${kind}"`, JSON.stringify(one));
  const made: ExpectedJson = JSON.parse(text);
  return fillInValue(made, fillings);
}

function errorBody({ code, innerCode, target, detailTargets }: ExpectedError): ExpectedJson {
  const inner = innerCode === undefined ? {} : { code: innerCode };
  const twice = code === "ModelValidationFailure" ? { message: open } : {};
  const innerError = { ...inner, ...twice, date: open, "request-id": open, "client-request-id": open };
  return {
    error: {
      code,
      message: open,
      ...(target !== undefined && { target }),
      ...(detailTargets !== undefined && {
        details: detailTargets.map((one) => ({ code, message: open, target: one })),
      }),
      innerError,
    },
  };
}

/** The members of an error that are compared. */
function comparedError({ code, innerCode, target, detailTargets }: ExpectedError): ExpectedJson {
  const said = { code: "{text}", message: "{text}" };
  return {
    error: {
      code,
      message: "{text}",
      ...(target !== undefined && { target }),
      ...(detailTargets !== undefined && {
        details: detailTargets.map((one) => ({ ...said, target: one })),
      }),
      innerError: {
        ...(innerCode !== undefined && { code: innerCode }),
        ...(code === "ModelValidationFailure" && { message: "{text}" }),
        date: "{text}",
        "request-id": "{text}",
        "client-request-id": "{text}",
      },
    },
  };
}

/** Values that a pair with this one must refuse. */
function wrongValues(value: ExpectedJson): readonly ExpectedJson[] {
  if (value === open) return [];
  if (typeof value === "string" && value.startsWith("{new text:")) return [null, "", 7];
  if (value === "{text}") return [null, "", 7];
  if (value === "{text or null}") return [7, true];
  if (value === "{boolean}") return [null, "true", 1];
  if (value === "{time}") return [null, "2024-09-30", "2024-09-30T13:47:10+02:00", 7];
  if (value === "{count}") return [null, "7", -1, 1.5, 2147483648];
  if (value === "{guid}" || (typeof value === "string" && value.startsWith("{new guid:"))) {
    return [null, "another", appId.toUpperCase()];
  }
  if (value === "{etag}") return [null, "another", 'W/""', 'W/"7", W/"8"', '"7"', "7"];
  if (typeof value === "string" && value.startsWith("{base}")) {
    return [null, "another", value.replace("{base}", ""), value.replace("{base}", "https:")];
  }
  return [null, "another", -7];
}

interface Place {
  readonly path: readonly string[];
  readonly value: ExpectedJson;
}

/** Every required member and element of a value, at any depth. */
function placesOf(expected: ExpectedJson, path: readonly string[] = []): readonly Place[] {
  if (typeof expected !== "object" || expected === null) return [];
  return Object.entries(expected).flatMap(([name, value]: [string, ExpectedJson]) => {
    const isFree = name === open || (Array.isArray(expected) && value === open);
    const here = [...path, name];
    return isFree ? [] : [{ path: here, value }, ...placesOf(value, here)];
  });
}

function edit(
  response: ResponseData,
  path: readonly string[],
  change: () => ExpectedJson | undefined,
): ResponseData {
  return { ...response, body: editJson(response.body ?? null, path, change) ?? null };
}

function editJson(
  value: ExpectedJson,
  [name, ...rest]: readonly string[],
  change: () => ExpectedJson | undefined,
): ExpectedJson | undefined {
  if (name === undefined) return change();
  if (typeof value !== "object" || value === null) throw new Error(`There is no ${name}`);
  const members = Object.entries(value).flatMap(([key, member]: [string, ExpectedJson]) => {
    const changed = key === name ? editJson(member, rest, change) : member;
    return changed === undefined ? [] : [[key, changed] as const];
  });
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}
