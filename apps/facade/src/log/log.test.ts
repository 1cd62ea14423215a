import { expect, test } from "vitest";
import { createLog } from "./log.ts";

const token = "eyJhbGciOiJSUzI1NiJ9.eyJzY3AiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ";

function logged(log: "text" | "json", write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = "";
  write(createLog({ log }, { write: (line) => (lines += line) }));
  return lines;
}

test("a JSON line has time, level, message and values, and no host name or process id", () => {
  const line = logged("json", (log) => log.info({ status: 200, path: "/beta" }, "answered"));
  expect(JSON.parse(line)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    level: "info",
    msg: "answered",
    status: 200,
    path: "/beta",
  });
});

test("a text line is one line, with values that can be told apart", () => {
  const line = logged("text", (log) =>
    log.warn({ status: 200, name: 'a "b" = c', empty: "", none: null }, "answered"),
  );
  expect(line).toMatch(/^\S+Z warn  answered status=200 name="a \\"b\\" = c" empty="" none=null\n$/);
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
      log.info({ path: "/beta?access_token=canary-secret&x=1" });
      log.info({ authorization: "bearer canary-secret" });
      log.error({ err: new Error(`the token ${token} is not good`) });
      log.info({ cut: `${"x".repeat(200)} ${token}` });
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
