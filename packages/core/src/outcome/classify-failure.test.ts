import { expect, test } from "vitest";
import { graphError, GraphError } from "../http/graph-error.ts";
import { classifyFailure, mayBeApplied, readFailureFacts } from "./classify-failure.ts";
import { markUnsent } from "./unsent-errors.ts";

/** An error like those of ky, undici and Node, without any of them. */
function named(
  name: string,
  rest: {
    readonly code?: string;
    readonly syscall?: string;
    readonly message?: string;
    readonly cause?: unknown;
  } = {},
): Error {
  return Object.assign(new Error(name, { cause: rest.cause }), { name, ...rest });
}

function status(code: number): GraphError {
  return new GraphError({ status: code, code: "Any", message: "No." });
}

test.each([0, 308, 400, 401, 403, 404, 409, 410, 412, 413, 415, 428, 451])("a %i is refused", (code) => {
  expect(classifyFailure(status(code))).toBe("refused");
});

test.each([429, 503])("a %i is busy", (code) => {
  expect(classifyFailure(status(code))).toBe("busy");
});

test.each([408, 500, 501, 502, 504, 507, 520, 599])("a %i leaves the outcome unknown", (code) => {
  expect(classifyFailure(status(code))).toBe("unknown");
});

test.each([
  named("TimeoutError"),
  named("NetworkError"),
  named("NetworkError", { cause: named("TypeError", { cause: named("Error", { code: "ECONNRESET" }) }) }),
  named("ClientError", { code: "InvalidResponse" }),
  named("ClientError", { code: "ChangeNotRead" }),
])("an error after the request was sent leaves the outcome unknown: %o", (error) => {
  expect(classifyFailure(error)).toBe("unknown");
});

test.each([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "CERT_HAS_EXPIRED",
  "INVALID_PURPOSE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
])("a connection that was never opened is refused, wherever the cause says %s", (code) => {
  const cause = named("Error", { code });
  expect(classifyFailure(named("NetworkError", { cause }))).toBe("refused");
  expect(classifyFailure(named("NetworkError", { cause: named("TypeError", { cause }) }))).toBe("refused");
});

test.each([
  named("Error", { code: "EHOSTUNREACH", syscall: "connect" }),
  named("Error", { code: "ENETUNREACH", syscall: "connect" }),
  named("Error", { code: "EADDRNOTAVAIL", syscall: "connect" }),
  named("Error", { code: "ETIMEDOUT", syscall: "connect" }),
  named("Error", { code: "ECONNRESET", syscall: "connect" }),
  named("Error", { code: "EMFILE", syscall: "connect" }),
  named("Error", { code: "EAI_FAIL", syscall: "getaddrinfo" }),
  new Error("bad port"),
  named("Error", {
    code: "ECONNRESET",
    message: "Client network socket disconnected before secure TLS connection was established",
  }),
])("a request that never left is refused: %o", (cause) => {
  expect(classifyFailure(named("NetworkError", { cause }))).toBe("refused");
});

test.each(["read", "write"])("a connection that breaks on %s leaves the outcome unknown", (syscall) => {
  for (const code of ["ECONNRESET", "EHOSTUNREACH", "ETIMEDOUT", "EPIPE"]) {
    const cause = named("Error", { code, syscall });
    expect(classifyFailure(named("NetworkError", { cause }))).toBe("unknown");
  }
});

test("causes that name each other in a circle leave the outcome unknown", () => {
  const cause = named("Error", { code: "ECONNRESET" });
  const error = named("NetworkError", { cause });
  cause.cause = error;
  expect(classifyFailure(error)).toBe("unknown");
});

test.each([
  named("ClientError", { code: "InvalidToken" }),
  named("EditConflictError"),
  markUnsent(new TypeError("no login")),
  markUnsent({ reason: "no login" }),
  markUnsent("no login"),
])("an error before anything was sent is refused: %o", (error) => {
  expect(classifyFailure(error)).toBe("refused");
});

test.each([
  named("UnconfirmedChangeError", {
    cause: named("NetworkError", { cause: named("Error", { code: "ECONNREFUSED" }) }),
  }),
  new Error("left"),
  new TypeError("left"),
  new TypeError("fetch failed", { cause: named("SocketError", { code: "UND_ERR_SOCKET" }) }),
  structuredClone(named("TimeoutError")),
  "left",
  undefined,
  null,
  { left: true },
])("what may have ended a request that was sent leaves the outcome unknown: %o", (error) => {
  expect(classifyFailure(error)).toBe("unknown");
});

test("an error of a plain fetch whose connection was never opened is refused", () => {
  const cause = named("Error", { code: "ECONNREFUSED" });
  expect(classifyFailure(new TypeError("fetch failed", { cause }))).toBe("refused");
});

test("a 503 may have been applied, a 429 was not", () => {
  expect(mayBeApplied(readFailureFacts(status(503)))).toBe(true);
  expect(mayBeApplied(readFailureFacts(status(429)))).toBe(false);
  expect(mayBeApplied(readFailureFacts(status(500)))).toBe(true);
  expect(mayBeApplied(readFailureFacts(status(412)))).toBe(false);
});

test("the facts have the status and the wait that the server names", () => {
  const error = graphError("TooManyRequests", "Wait.", { retryAfter: 7 });
  expect(readFailureFacts(error)).toEqual({ class: "busy", status: 429, retryAfter: 7 });
  expect(readFailureFacts(named("TimeoutError"))).toEqual({
    class: "unknown",
    status: undefined,
    retryAfter: undefined,
  });
});
