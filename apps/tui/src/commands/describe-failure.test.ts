import { GraphError, graphError, type GraphErrorCode } from "@install-summary/core";
import { ClientError } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { barePlace } from "../../test/command-place.ts";
import { describeFailure } from "./describe-failure.ts";

const bare = { env: {}, place: barePlace };

const exits: readonly (readonly [GraphErrorCode, number])[] = [
  ["BadRequest", 6],
  ["ModelValidationFailure", 6],
  ["InvalidAuthenticationToken", 3],
  ["Forbidden", 3],
  ["ResourceNotFound", 4],
  ["RequestTimeout", 7],
  ["PreconditionFailed", 5],
  ["RequestEntityTooLarge", 6],
  ["UnsupportedMediaType", 6],
  ["PreconditionRequired", 6],
  ["TooManyRequests", 7],
  ["InternalServerError", 7],
  ["ServiceUnavailable", 7],
  ["GatewayTimeout", 7],
];

test.each(exits)("%s ends in %i, with its status and what to do", (code, exit) => {
  const error = graphError(code, "no");
  const told = expect.stringMatching(new RegExp(`^[A-Z][a-z ]+ \\(${error.status} ${code}\\): no\\.$`));
  const help = [expect.stringMatching(/^[A-Z].*[.?]$/)];
  expect(describeFailure(error, bare)).toMatchObject({ exit, code, message: told, help });
});

test.each([
  [400, "Refused (400 Any): Said.", "Correct what the server names."],
  [401, "Not signed in (401 Any): Said.", "Put a new token into the file of INSTALL_SUMMARY_TOKEN_FILE."],
  [403, "Not allowed (403 Any): Said.", "changing one with DeviceManagementApps.ReadWrite.All."],
  [404, "Not found (404 Any): Said.", "pnpm tui list shows the apps that the server has."],
  [405, "Refused (405 Any): Said.", "A proxy or a sign-in page may have responded in its place."],
  [409, "Refused (409 Any): Said.", "Run the command again to start from the current values."],
  [412, "Refused (412 Any): Said.", "Run the command again to start from the current values."],
  [413, "Refused (413 Any): Said.", "or of a proxy before it."],
  [429, "The server asks to wait (429 Any): Said.", "Wait a little before the next try."],
  [500, "The server failed (500 Any): Said.", "ask those who run the server."],
  [502, "The server failed (502 Any): Said.", "is the server behind it running?"],
  [503, "The server failed (503 Any): Said.", "Try again later."],
])("a %i is told with what the server said and what to do", (status, message, help) => {
  const error = new GraphError({ status, code: "Any", message: "Said." });
  const env = { INSTALL_SUMMARY_TOKEN_FILE: "token" };
  expect(describeFailure(error, { env, place: { ...barePlace, program: "pnpm tui" } })).toMatchObject({
    message,
    help: [expect.stringContaining(help)],
  });
});

test("a service that is read-only is not told as a lack of scopes", () => {
  const error = graphError("Forbidden", "The service is read-only.", { innerCode: "serviceReadOnly" });
  expect(describeFailure(error, bare)).toMatchObject({
    help: ["Run the command again when the service takes changes."],
  });
});

test("an error of a proxy, which has no code, is told with its status alone", () => {
  const error = new GraphError({ status: 502, code: "UnknownError", message: "GET x returned 502" });
  expect(describeFailure(error, bare)?.message).toBe("The server failed (502): GET x returned 502.");
});

test("a response with several faults names each of them with its property", () => {
  const error = new GraphError({
    status: 400,
    code: "ModelValidationFailure",
    message: "Cannot convert the literal 'x' to the expected type 'Edm.Int32'. (and 1 more)",
    target: "failedDeviceCount",
    details: [
      { code: "ModelValidationFailure", message: "Cannot convert …", target: "failedDeviceCount" },
      { code: "ModelValidationFailure", message: "The property 'y' does not exist", target: "y" },
    ],
  });
  expect(describeFailure(error, bare)).toMatchObject({
    message:
      "Refused (400 ModelValidationFailure): failedDeviceCount: Cannot convert the literal 'x' to the expected type 'Edm.Int32'. (and 1 more).",
    target: "failedDeviceCount",
    help: ["The property 'y' does not exist", expect.stringContaining("Correct what the server names.")],
  });
});

test("a refused token comes with what to renew, a busy server with how long to wait", () => {
  expect(describeFailure(graphError("InvalidAuthenticationToken", "expired"), bare)).toMatchObject({
    help: [expect.stringContaining("INSTALL_SUMMARY_TOKEN")],
  });
  expect(describeFailure(graphError("TooManyRequests", "later", { retryAfter: 23 }), bare)).toMatchObject({
    help: ["Wait 23 s before the next try."],
  });
});

test("a failed connection names the server and the reason", () => {
  const reason = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  const error = Object.assign(new Error("network", { cause: new Error("fetch failed", { cause: reason }) }), {
    name: "NetworkError",
    request: new Request("http://127.0.0.1:8420/beta/x"),
  });
  expect(describeFailure(error, bare)).toMatchObject({
    exit: 7,
    code: "NoConnection",
    message: "No connection to 127.0.0.1:8420: nothing listens there (ECONNREFUSED).",
  });
});

test.each([
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "set NODE_EXTRA_CA_CERTS to the file ca.pem in its data folder"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "set NODE_EXTRA_CA_CERTS to the file ca.pem in its data folder"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "Is the host name in INSTALL_SUMMARY_URL right?"],
  ["CERT_HAS_EXPIRED", "It has to be renewed, or the clock of this computer is wrong."],
  ["ECONNREFUSED", "Is it running there?"],
  ["ENOTFOUND", "Is the host name in INSTALL_SUMMARY_URL right?"],
  ["EAI_AGAIN", "Is this computer online?"],
  ["EHOSTUNREACH", "Is this computer in the right network, such as a VPN?"],
  ["UND_ERR_CONNECT_TIMEOUT", "Is this computer in the right network, such as a VPN?"],
])("a connection that was never opened for %s comes with what to do", (code, help) => {
  const reason = Object.assign(new Error("no"), { code, syscall: "connect" });
  const error = Object.assign(new Error("network", { cause: reason }), {
    name: "NetworkError",
    request: new Request("https://127.0.0.1:8420/beta/x"),
  });
  expect(describeFailure(error, bare)).toMatchObject({
    exit: 7,
    code: "NoConnection",
    message: expect.stringMatching(`^No connection to 127.0.0.1:8420: .* \\(${code}\\)\\.$`),
    help: [expect.stringContaining(help)],
  });
});

test("HTTPS to a server of plain HTTP comes with what to write", () => {
  const reason = Object.assign(new Error("ssl"), { code: "ERR_SSL_WRONG_VERSION_NUMBER" });
  const error = Object.assign(new Error("network", { cause: reason }), { name: "NetworkError" });
  expect(describeFailure(error, bare)?.help).toEqual([expect.stringContaining("write http://")]);
});

test("a port that Node blocks comes with what to do", () => {
  const error = Object.assign(new Error("network", { cause: new Error("bad port") }), {
    name: "NetworkError",
  });
  expect(describeFailure(error, bare)).toMatchObject({
    code: "NoConnection",
    message: "No connection to the server: browsers and Node block its port.",
    help: ["It has to be served on another port, such as 8420 or 8443."],
  });
});

test("a connection that broke is not told as none", () => {
  const reason = Object.assign(new Error("reset"), { code: "ECONNRESET" });
  const error = Object.assign(new Error("network", { cause: reason }), {
    name: "NetworkError",
    request: new Request("http://127.0.0.1:8420/beta/x"),
  });
  expect(describeFailure(error, bare)).toMatchObject({
    exit: 7,
    code: "NoResponse",
    message: "No usable response from 127.0.0.1:8420: the other side closed the connection (ECONNRESET).",
  });
});

test("a response that does not come in time is not a bug", () => {
  const error = Object.assign(new Error("timed out"), { name: "TimeoutError" });
  expect(describeFailure(error, bare)).toMatchObject({ exit: 7, code: "NoResponse" });
});

test("a success that cannot be used is the server's fault", () => {
  const error = new ClientError("InvalidResponse", "It is not JSON.", { requestId: "5f0c" });
  expect(describeFailure(error, bare)).toMatchObject({
    exit: 7,
    code: "InvalidResponse",
    help: [expect.stringContaining("A proxy or a sign-in page may have responded in its place.")],
    requestId: "5f0c",
  });
});

test("anything else is a bug, which this file does not describe", () => {
  expect(describeFailure(new TypeError("x is not a function"), bare)).toBeUndefined();
});
