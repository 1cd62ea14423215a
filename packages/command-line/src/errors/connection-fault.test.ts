import { expect, test } from "vitest";
import { connectionFaultOf, connectionFaultText } from "./connection-fault.ts";

/** An error like those of Node and undici. */
function system(members: {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
}): Error {
  return Object.assign(new Error(members.message ?? "no"), members);
}

const wrongVersion =
  "write EPROTO 4050:error:0A00010B:SSL routines:tls_validate:wrong version number:tls.c:77:";

test.each([
  ["refused", { code: "ECONNREFUSED" }, "nothing listens there (ECONNREFUSED)"],
  ["unknownName", { code: "ENOTFOUND" }, "its host name is unknown (ENOTFOUND)"],
  ["nameLookup", { code: "EAI_AGAIN" }, "its host name cannot be looked up now (EAI_AGAIN)"],
  ["noRoute", { code: "EHOSTUNREACH" }, "this computer has no network that leads there (EHOSTUNREACH)"],
  [
    "notOpened",
    { code: "EMFILE", syscall: "connect" },
    "this computer cannot open a connection to it (EMFILE)",
  ],
  ["connectTimeout", { code: "ETIMEDOUT", syscall: "connect" }, "no connection was made in time (ETIMEDOUT)"],
  ["blockedPort", { message: "bad port" }, "browsers and Node block its port"],
  ["certificateName", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }, "its certificate is for another name ("],
  ["certificateTime", { code: "CERT_HAS_EXPIRED" }, "its certificate is not valid today (CERT_HAS_EXPIRED)"],
  ["certificate", { code: "SELF_SIGNED_CERT_IN_CHAIN" }, "its certificate is not trusted ("],
  ["notTls", { code: "ERR_SSL_WRONG_VERSION_NUMBER" }, "something other than TLS is spoken there ("],
  [
    "notTls",
    { code: "EPROTO", syscall: "write", message: wrongVersion },
    "something other than TLS is spoken there (EPROTO)",
  ],
  ["handshake", { code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" }, "the TLS handshake failed ("],
  ["closed", { code: "UND_ERR_SOCKET" }, "the other side closed the connection (UND_ERR_SOCKET)"],
  [
    "notHttp",
    { message: "Response does not match the HTTP/1.1 protocol (Expected HTTP/)" },
    "something other than HTTP/1.1 is spoken there",
  ],
  ["notHttp", { code: "HPE_INVALID_CONSTANT" }, "something other than HTTP/1.1 is spoken there (HPE_INVALID"],
  ["headers", { code: "UND_ERR_HEADERS_OVERFLOW" }, "the headers of its response are too large ("],
  ["timeout", { code: "ETIMEDOUT", syscall: "read" }, "no response came in time (ETIMEDOUT)"],
  [
    "notHttp",
    { message: 'init["status"] must be in the range of 200 to 599, inclusive.' },
    "something other than HTTP",
  ],
  ["encoding", { code: "Z_DATA_ERROR" }, "its response cannot be decompressed (Z_DATA_ERROR)"],
  ["encoding", { code: "ZSTD_error_prefix_unknown" }, "its response cannot be decompressed"],
  ["other", { message: "Odd things happened." }, "Odd things happened"],
] as const)("%s is the fault of %j", (kind, members, text) => {
  const error = new TypeError("fetch failed", { cause: system(members) });
  const fault = connectionFaultOf(error);
  expect(fault).toMatchObject({ kind });
  expect(fault && connectionFaultText(fault)).toContain(text);
});

test("a name with several addresses, of which none responds, has the fault of its first", () => {
  const faults = ["ECONNREFUSED", "ENETUNREACH"].map((code) => system({ code, syscall: "connect" }));
  expect(
    connectionFaultOf(new TypeError("fetch failed", { cause: new AggregateError(faults) })),
  ).toMatchObject({
    kind: "refused",
  });
});

test("a time limit ends a request without a response", () => {
  const cause = new DOMException("The operation was aborted due to timeout", "TimeoutError");
  const fault = connectionFaultOf(Object.assign(new Error("aborted", { cause }), { code: "ABORT_ERR" }));
  expect(fault && connectionFaultText(fault)).toBe("no response came in time");
});

test("an error without a cause, as browsers give it, has no fault", () => {
  expect(connectionFaultOf(new TypeError("Failed to fetch"))).toBeUndefined();
  expect(connectionFaultOf("gone")).toBeUndefined();
});

test("a chain of errors may be a circle", () => {
  const error = new Error("round");
  error.cause = error;
  expect(connectionFaultOf(error)).toBeUndefined();
});

test("what a server had put into an error cannot move the cursor", () => {
  const fault = connectionFaultOf(new Error("failed", { cause: new Error("\u001b[2Jevil") }));
  expect(fault && connectionFaultText(fault)).toBe("␛[2Jevil");
});
