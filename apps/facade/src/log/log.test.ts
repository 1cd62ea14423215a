import * as fc from "fast-check";
import { graphError } from "@install-summary/core";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import type { AccessEntry } from "./log-line.ts";
import { createAccessLog, createLog } from "./log.ts";
import { logRefusal } from "./log-refusal.ts";

const token = "eyJhbGciOiJSUzI1NiJ9.eyJzY3AiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ";

function logged(log: "text" | "json", write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = "";
  write(createLog({ log }, { write: (line) => (lines += line) }));
  return lines;
}

test("a JSON line has time, level, message and values, and no host name or process id", () => {
  const line = logged("json", (log) => log.info({ status: 200, path: "/beta" }, "served"));
  expect(JSON.parse(line)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    level: "info",
    msg: "served",
    status: 200,
    path: "/beta",
  });
});

test("a text line is one line, with values that can be told apart", () => {
  const line = logged("text", (log) =>
    log.warn({ status: 200, name: 'a "b" = c', empty: "", none: null }, "served"),
  );
  expect(line).toMatch(/^\S+Z warn  served status=200 name="a \\"b\\" = c" empty="" none=null\n$/);
});

test("an error is logged with its stack, in text on lines of its own", () => {
  const error = new Error("broken", { cause: new Error("why") });
  expect(JSON.parse(logged("json", (log) => log.error({ err: error }, "failed")))).toMatchObject({
    err: { type: "Error", message: "broken: why", stack: expect.stringContaining("log.test.ts") },
  });
  expect(logged("text", (log) => log.error({ err: error }, "failed"))).toMatch(
    /^\S+ error failed\n {2}Error: broken\n {6}at .*log\.test\.ts/,
  );
});

test("no token gets into the log, wherever it is in an entry", () => {
  for (const format of ["json", "text"] as const) {
    const lines = logged(format, (log) => {
      log.info({ token, headers: { authorization: `Bearer ${token}` } }, token);
      log.info({ path: "/beta?access_token=canary-secret&x=1" }, "named");
      log.info({ authorization: "bearer canary-secret" }, "named");
      log.error({ err: new Error(`the token ${token} is not good`) }, "named");
      log.info({ cut: `${"x".repeat(200)} ${token}` }, "named");
    });
    expect(lines).not.toMatch(/canary|c2lnbmF0dXJl|eyJ/);
    expect(lines).toContain("access_token=[token]&x=1");
  }
});

test("long values are cut, and control and direction characters are symbols", () => {
  const name = `\u001b[2J\u202Eevil\n${"x".repeat(1000)}`;
  for (const format of ["json", "text"] as const) {
    const line = logged(format, (log) => log.info({ name }, "named"));
    expect(line).toContain("␛[2J⟨U+202E⟩evil␊");
    expect(line.length).toBeLessThan(400);
    for (const character of "\u001b\u202e\n") expect(line.trimEnd()).not.toContain(character);
  }
});

const requestId = "5a1cbb2e-6f0b-4a55-9c5e-2f1c0a5d6e7f";

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
    isRepeated: optional(fc.boolean()),
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
  // A log of another maker has no output for finished lines, so pino writes.
  const byPino = createAccessLog(new Proxy(log, {}));
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

test("an error is logged by its code, an unexpected one with its stack, and what is not served with its causes", () => {
  const lines: Record<string, unknown>[] = [];
  const write = createAccessLog(pino({}, { write: (line) => void lines.push(JSON.parse(line)) }));
  const entry = { requestId, clientRequestId: "mine", method: "PATCH", resource: "summary" };
  write({ ...entry, error: graphError("PreconditionFailed", "Changed.") }, 412, 1.234);
  write({ ...entry, error: graphError("ServiceUnavailable", "Busy.") }, 503, 1);
  const away = new Error("No server was reached.", {
    cause: new AggregateError([new Error("connect ECONNREFUSED 127.0.0.1:5432")]),
  });
  write({ ...entry, error: graphError("ServiceUnavailable", "Away.", { cause: away }) }, 503, 1);
  write(
    { ...entry, error: graphError("InternalServerError", "Broken.", { cause: new Error("broken") }) },
    500,
    1,
  );
  expect(lines).toMatchObject([
    { level: 30, msg: "refused", status: 412, ms: 1.23, code: "PreconditionFailed", clientRequestId: "mine" },
    { level: 40, msg: "not served", status: 503 },
    {
      level: 40,
      msg: "not served",
      status: 503,
      cause: "No server was reached. connect ECONNREFUSED 127.0.0.1:5432",
    },
    { level: 50, msg: "failed", status: 500, err: { message: "broken" } },
  ]);
  expect(lines[2]).not.toHaveProperty("err");
});

test("causes that name each other in a circle are told once", () => {
  const [own, other] = [new Error("own"), new Error("other")];
  own.cause = own;
  other.cause = new Error("one", { cause: other });
  for (const [cause, told] of [
    [own, "own"],
    [other, "other one"],
  ] as const) {
    const error = graphError("ServiceUnavailable", "Try again.", { cause });
    const line = logged("json", (log) => logRefusal(log, { status: 503 }, error));
    expect(JSON.parse(line)).toMatchObject({ msg: "not served", cause: told });
  }
});
