import { graphError } from "@install-summary/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorAnswer } from "./error-answer.ts";
import { parseMediaType } from "./media-type.ts";
import { Refusal } from "./refusal.ts";
import { createRequestIds } from "./request-ids.ts";
import { splitUrl } from "./request-target.ts";
import { checkHost, isLoopback } from "./served-host.ts";
import { splitOutsideQuotes } from "./split-outside-quotes.ts";

describe("request ids", () => {
  test("a request without a name of its own has one id twice", () => {
    const { requestId, clientRequestId } = createRequestIds(null);
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(clientRequestId).toBe(requestId);
  });

  test.each(["a", "x".repeat(128), "my request 7"])("the name %s is kept", (name) => {
    expect(createRequestIds(name).clientRequestId).toBe(name);
  });

  test.each(["", "x".repeat(129), "a\tb", "naïve"])("the name %j is replaced", (name) => {
    const { requestId, clientRequestId } = createRequestIds(name);
    expect(clientRequestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(clientRequestId).not.toBe(requestId);
  });
});

test.each([
  ["http://localhost/", "http://localhost", "localhost", "/", ""],
  ["http://localhost:8420/a/b?c=d?e#f", "http://localhost:8420", "localhost:8420", "/a/b", "c=d?e"],
  ["https://[::1]:1/a#b?c", "https://[::1]:1", "[::1]:1", "/a", ""],
  ["http://h//evil.example/x?", "http://h", "h", "//evil.example/x", ""],
])("%s is split", (url, origin, host, path, query) => {
  expect(splitUrl(url)).toEqual({ origin, host, path, query });
});

test("a URL is split as URL does it", () => {
  fc.assert(
    fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (text) => {
      const url = new URL(text);
      expect(splitUrl(url.href)).toEqual({
        origin: url.origin,
        host: url.host,
        path: url.pathname,
        query: url.search.slice(1),
      });
    }),
  );
});

describe("hosts", () => {
  test.each(["localhost", "LOCALHOST:8420", "127.0.0.1:1", "127.1.2.3", "[::1]:8420", "10.0.0.5:80"])(
    "%s is served",
    (host) => {
      expect(() => checkHost(host, "10.0.0.5")).not.toThrow();
    },
  );

  test.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "128.0.0.1",
    "[::2]",
    "10.0.0.6",
    "",
  ])("%s is not", (host) => {
    expect(() => checkHost(host, "10.0.0.5")).toThrow(`The host '${host}' is not served here.`);
  });

  test("an address of IPv6 is served as it stands in a URL", () => {
    expect(() => checkHost("[fd00::1]:80", "fd00::1")).not.toThrow();
    expect(isLoopback("::1")).toBe(true);
  });
});

test.each([
  ["application/json", "application/json", {}],
  ['Application/JSON ; Charset="UTF-8";q', "application/json", { charset: "utf-8" }],
  ['a/b;c="d\\";e";f=g', "a/b", { c: 'd";e', f: "g" }],
  ["", "", {}],
])("the media type %s", (text, name, parameters) => {
  const read = parseMediaType(text);
  expect({ name: read.name, parameters: Object.fromEntries(read.parameters) }).toEqual({ name, parameters });
});

test("parts joined by the separator are split again", () => {
  const part = fc.oneof(fc.stringMatching(/^[a-z=]*$/), fc.stringMatching(/^"[a-z,;]*"$/));
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1 }),
      fc.constantFrom("," as const, ";" as const),
      (parts, separator) => {
        expect(splitOutsideQuotes(parts.join(` ${separator} `), separator)).toEqual(parts);
      },
    ),
  );
});

describe("errors", () => {
  const ids = { requestId: "r", clientRequestId: "c" };
  const date = new Date("2023-06-23T12:19:44.500Z");

  test("of the contract are answered with their code, their ids and a date without zone", () => {
    const error = graphError("PreconditionFailed", "Changed.", { innerCode: "resourceModified" });
    const answer = errorAnswer(new Refusal(error, { ETag: 'W/"7"' }), ids, date);
    expect(answer).toEqual({
      status: 412,
      headers: { "Content-Type": "application/json", ETag: 'W/"7"' },
      body: '{"error":{"code":"PreconditionFailed","message":"Changed.","innerError":{"code":"resourceModified","date":"2023-06-23T12:19:44","request-id":"r","client-request-id":"c"}}}',
    });
  });

  test("that nobody expected tell nothing of what happened", () => {
    const { status, body } = errorAnswer(new TypeError("secret"), ids, date);
    expect(status).toBe(500);
    expect(body).toContain('"code":"InternalServerError"');
    expect(body).not.toContain("secret");
  });

  test("that will pass name the seconds to wait", () => {
    expect(errorAnswer(graphError("ServiceUnavailable", "Busy."), ids).headers["Retry-After"]).toBe("1");
    const patient = graphError("TooManyRequests", "Busy.", { retryAfter: 7 });
    expect(errorAnswer(patient, ids).headers["Retry-After"]).toBe("7");
  });
});
