import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { shownError as shownWith } from "../src/client/shown-error.ts";

const shownError = (error: unknown): unknown => shownWith(error, (text) => text);
const secret = { headers: { authorization: "Bearer canary" } };

/** All that a log may show. */
function shown(error: unknown): string {
  return inspect(error, { depth: null, showHidden: true, getters: true });
}

describe("an error of a fetch", () => {
  test.each([
    ["with causes", new Error("a", { cause: new Error("b", { cause: new RangeError("c") }) })],
    [
      "of a system",
      Object.assign(new Error("refused"), { code: "ECONNREFUSED", port: 1, syscall: "connect" }),
    ],
    ["of several tries", new AggregateError([new Error("a"), new Error("b")], "all failed")],
    ["of a signal", new DOMException("stopped", "AbortError")],
  ])("%s stays the same one", (_what, error) => {
    expect(shownError(error)).toBe(error);
  });

  test.each([
    ["itself", () => Object.assign(new Error("lost"), { config: secret })],
    ["in a cause", () => new Error("lost", { cause: Object.assign(new Error("why"), { request: secret }) })],
    ["in one of several causes", () => new AggregateError([Object.assign(new Error("a"), secret)], "lost")],
    ["behind a symbol", () => Object.assign(new Error("lost"), { [Symbol("request")]: secret })],
    ["in a cause that is no error", () => new Error("lost", { cause: secret })],
    ["in place of an error", () => ({ message: "lost", ...secret })],
    ["behind a getter", () => Object.defineProperty(new Error("lost"), "config", { get: () => secret })],
    ["in a function", () => Object.assign(new Error("lost"), { retry: Object.assign(() => 1, secret) })],
  ])("that has the request %s is told without it", (_what, make) => {
    expect(shown(make())).toContain("canary");
    const told = shownError(make());
    expect(shown(told)).not.toContain("canary");
    expect(told).toMatchObject({ message: "lost" });
  });

  test("keeps its words, its numbers and its causes", () => {
    const cause = Object.assign(new Error("why"), { code: "ECONNREFUSED", syscall: "connect" });
    class ClientFailure extends Error {
      override readonly name = "ClientFailure";
      readonly status = 0;
      readonly config = secret;
    }
    const error = new ClientFailure("lost", { cause });
    const told = shownError(error);
    expect(told).toBeInstanceOf(Error);
    expect(told).toMatchObject({ name: "ClientFailure", message: "lost", status: 0, stack: error.stack });
    expect(told).toHaveProperty("cause.code", "ECONNREFUSED");
    expect(told).toHaveProperty("cause.syscall", "connect");
    expect(told).not.toHaveProperty("config");
  });

  test("may lead back to itself, and may have a getter that fails", () => {
    const error = Object.assign(new Error("lost"), { config: secret });
    Object.assign(error, { cause: error });
    expect(shown(shownError(error))).not.toContain("canary");
    const failing = Object.defineProperty(new Error("lost"), "config", {
      get: () => {
        throw new Error("not now");
      },
    });
    expect(shownError(failing)).toBe(failing);
  });

  test.each(["text", 7, null, undefined])("that is %s stays so", (error) => {
    expect(shownError(error)).toBe(error);
  });
});
