import * as fc from "fast-check";
import { graphError } from "@install-summary/core";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { createAccessLog, type AccessEntry } from "./access-log.ts";
import { createLog } from "./log.ts";

const requestId = "5a1cbb2e-6f0b-4a55-9c5e-2f1c0a5d6e7f";
const token = "eyJhbGciOiJSUzI1NiJ9.eyJzY3AiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ";

// Everything that the log changes in a value, and what looks like it.
const piece = fc.constantFrom(
  ..."ada|contoso.com|@| |=|\"|\\|'|\n|\u001b[2J|\u202e|\ud800|🍏|é|eyJ|EYJabcd|xeyJabcd".split("|"),
  token,
  token.toUpperCase(),
  "Bearer abc",
  "bearer\tabc",
  "access_token=abc&x",
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 300 }),
);
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const entries: fc.Arbitrary<AccessEntry> = fc
  .record({
    clientRequestId: fc.oneof(fc.constant(requestId), text),
    method: fc.constantFrom("GET", "PATCH", "M-SEARCH"),
    resource: optional(fc.constantFrom("summary", "apps", "livez")),
    app: optional(fc.uuid()),
    tenant: optional(fc.uuid()),
    actor: optional(text),
  })
  .map((entry) => ({ requestId, ...entry }));
const milliseconds = fc.double({ min: 0, max: 1e6, noNaN: true });

test.each(["json", "text"] as const)("a %s line equals the one that pino writes", (form) => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_790_000_000_123 });
  onTestFinished(() => void vi.useRealTimers());
  let lines: string[] = [];
  const log = createLog({ log: form }, { write: (line) => lines.push(line) });
  log.level = "debug";
  const byTemplate = createAccessLog(log);
  // A child has no output for finished lines, so pino writes.
  const byPino = createAccessLog(log.child({}));
  fc.assert(
    fc.property(entries, milliseconds, (entry, ms) => {
      lines = [];
      byTemplate(entry, 200, ms);
      byPino(entry, 200, ms);
      expect(lines).toHaveLength(2);
      expect(lines[0]).toBe(lines[1]);
    }),
    { numRuns: 1000 },
  );
});

test("a line below the log's level is not written", () => {
  const lines: string[] = [];
  const log = createLog({ log: "json" }, { write: (line) => lines.push(line) });
  const write = createAccessLog(log);
  const entry = { requestId, clientRequestId: requestId, method: "GET" };
  write({ ...entry, resource: "livez" }, 200, 1);
  expect(lines).toEqual([]);
  write({ ...entry, resource: "summary" }, 200, 1);
  expect(lines).toHaveLength(1);
  log.level = "warn";
  write({ ...entry, resource: "summary" }, 200, 1);
  expect(lines).toHaveLength(1);
});

test("an error is logged by its code, and only an unexpected one with its cause", () => {
  const lines: Record<string, unknown>[] = [];
  const write = createAccessLog(pino({}, { write: (line) => void lines.push(JSON.parse(line)) }));
  const entry = { requestId, clientRequestId: "mine", method: "PATCH", resource: "summary" };
  write({ ...entry, error: graphError("PreconditionFailed", "Changed.") }, 412, 1.234);
  write({ ...entry, error: graphError("ServiceUnavailable", "Busy.") }, 503, 1);
  write(
    { ...entry, error: graphError("InternalServerError", "Broken.", { cause: new Error("broken") }) },
    500,
    1,
  );
  expect(lines).toMatchObject([
    { level: 30, msg: "refused", status: 412, ms: 1.23, code: "PreconditionFailed", clientRequestId: "mine" },
    { level: 40, msg: "not served", status: 503 },
    { level: 50, msg: "failed", status: 500, err: { message: "broken" } },
  ]);
});
