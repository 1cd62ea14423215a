import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRequestIds, routingPath, splitUrl } from "./exchange.ts";

describe("request ids", () => {
  test("a request without an id of its caller has one id in both places", () => {
    const { requestId, clientRequestId } = createRequestIds(null);
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(clientRequestId).toBe(requestId);
  });

  test.each(["a", "x".repeat(128), "my request 7"])("the id %s is kept", (name) => {
    expect(createRequestIds(name).clientRequestId).toBe(name);
  });

  test.each(["", "x".repeat(129), "a\tb", "naïve"])("the id %j is replaced", (name) => {
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

test("a URL is split in the same way as by URL", () => {
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

test.each([
  ["/", "/"],
  ["//", "/"],
  ["/livez", "/livez"],
  ["/readyz/", "/readyz"],
  ["//READYZ//", "/readyz"],
  ["/livez/x", "/livez/x"],
  ["/beta", "/beta"],
  ["/Beta/", "/beta"],
  ["/beta/Me//x", "/beta/Me//x"],
  ["//Beta//Me", "/beta/Me"],
  ["/%62eta/Me%2F", "/beta/Me%2F"],
  ["/beta%2FMe", "/beta%2fme"],
  ["/%zz/x", "/%zz/x"],
  ["/bet\u00e1", "/bet\u00e1"],
])("%s is routed as %s", (path, routed) => {
  expect(routingPath(path)).toBe(routed);
});
