import { UserError } from "@install-summary/command-line/errors";
import { expect, test } from "vitest";
import { DatabaseError } from "./pg.ts";
import { ConnectionLost, NoConnection, UnknownOutcome } from "./postgres-errors.ts";
import { startFault } from "./start-fault.ts";

const location = {
  kind: "postgres",
  hosts: [{ host: "db.example", port: 5432 }],
  user: "ada",
  database: "summary",
  password: undefined,
  rootCertificate: undefined,
  tls: "disable",
} as const;

/** How a command ends after an error at its start. */
function exitAfter(error: unknown): number | undefined {
  const told = startFault(error, location);
  return told instanceof UserError ? told.exit : undefined;
}

function serverError(state: string): DatabaseError {
  return Object.assign(new DatabaseError("said by the server", 0, "error"), { code: state });
}

function systemError(code: string, syscall = "connect"): Error {
  return Object.assign(new Error(code), { code, syscall });
}

test.each([
  ["starts up", "57P03"],
  ["shuts down", "57P01"],
  ["recovers from a crash", "57P02"],
  ["has too many connections", "53300"],
  ["has a full disk", "53100"],
  ["reports an error of its disk", "58030"],
  ["takes no connections", "55000"],
  ["is behind a pooler that does not reach it", "08P01"],
  ["only reads", "25006"],
  ["was busy with the same tables", "40P01"],
  ["is damaged", "XX001"],
])("a server that %s has failed, whether it says so at once or later (%s)", (_what, state) => {
  expect(exitAfter(serverError(state))).toBe(7);
  expect(exitAfter(new NoConnection("No server.", { cause: serverError(state) }))).toBe(7);
});

test.each([
  ["a wrong password", "28P01"],
  ["a user who is not let in", "28000"],
  ["a database that is not there", "3D000"],
  ["a right that is missing", "42501"],
  ["a parameter that it does not know", "42704"],
  ["something that it cannot do", "0A000"],
])("%s is a setting (%s)", (_what, state) => {
  expect(exitAfter(serverError(state))).toBe(2);
  expect(exitAfter(new NoConnection("No server.", { cause: serverError(state) }))).toBe(2);
});

test.each([
  systemError("ECONNREFUSED"),
  systemError("ENOENT"),
  systemError("EHOSTUNREACH"),
  systemError("ETIMEDOUT"),
  systemError("ECONNRESET", "read"),
  systemError("ENOTFOUND", "getaddrinfo"),
  systemError("EAI_AGAIN", "getaddrinfo"),
  new Error("timeout expired"),
  new Error("Connection terminated unexpectedly"),
  new Error("The server is a standby, which only reads."),
])("no way to a server is a fault: $message", (cause) => {
  expect(exitAfter(new NoConnection("No server.", { cause }))).toBe(7);
});

test.each([
  systemError("ERR_TLS_CERT_ALTNAME_INVALID", ""),
  systemError("SELF_SIGNED_CERT_IN_CHAIN", ""),
  systemError("CERT_HAS_EXPIRED", ""),
  new Error("The server does not support SSL connections"),
])("how a connection is encrypted is a setting: $message", (cause) => {
  expect(exitAfter(new NoConnection("No server.", { cause }))).toBe(2);
});

test("a connection that is lost is a fault, and another error stays as it is", () => {
  expect(exitAfter(new ConnectionLost("lost"))).toBe(7);
  expect(exitAfter(new UnknownOutcome("unknown"))).toBe(7);
  expect(exitAfter(new NoConnection("late"))).toBe(7);
  expect(exitAfter(new UserError("said already", { exit: 6 }))).toBe(6);
  const bug = new TypeError("a bug");
  expect(startFault(bug, location)).toBe(bug);
});
