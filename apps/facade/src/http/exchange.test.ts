import { describe, expect, test } from "vitest";
import { createRequestIds } from "./exchange.ts";

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
