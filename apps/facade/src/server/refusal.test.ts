import { graphError } from "@install-summary/core";
import { busy } from "@install-summary/core/service";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createNoteRefusal } from "./refusal.ts";

function noted(error: unknown): unknown {
  const lines: string[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  createNoteRefusal(log)({ requestId: "r", clientRequestId: "r" }, error);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines.join(""));
}

test("an internal error is logged with the error itself, to which its response refers", () => {
  expect(noted(new TypeError("x is undefined"))).toMatchObject({
    level: 50,
    requestId: "r",
    status: 500,
    code: "InternalServerError",
    err: { type: "TypeError", message: "x is undefined", stack: expect.stringContaining("refusal.test") },
    msg: "failed",
  });
});

test("a refusal is logged with its code, and the limit that it is for", () => {
  expect(noted(graphError("BadRequest", "secret"))).toEqual({
    level: 30,
    requestId: "r",
    status: 400,
    code: "BadRequest",
    msg: "refused",
  });
  expect(noted(busy("requests", "Too many.", 1))).toMatchObject({
    level: 40,
    status: 503,
    reason: "requests",
    msg: "not served",
  });
});
