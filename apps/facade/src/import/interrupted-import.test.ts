import { UserError } from "@install-summary/command-line/errors";
import { graphError, isGraphError } from "@install-summary/core";
import { busy, LimitError, unavailable } from "@install-summary/core/service";
import { expect, test } from "vitest";
import { interruptedImport } from "./interrupted-import.ts";

const done = "2,500 of 20,000 rows are in; import the same report again to go on.";

test("a store that fails is told after how many rows are in, and stays the cause", () => {
  const fault = unavailable("The store's disk is full.", 30, new Error("disk"));
  expect(interruptedImport(fault, 2500, 20_000)).toMatchObject({
    status: 503,
    message: `${done} The batch after them failed: The store's disk is full.`,
    retryAfter: 30,
    cause: fault,
  });
  expect(interruptedImport(fault, 0, 20_000)).toBe(fault);
});

test("a limit that was reached keeps its name, and is no fault of the machine", () => {
  const error = interruptedImport(busy("writes", "Too many changes are waiting.", 1), 2500, 20_000);
  expect(error).toBeInstanceOf(LimitError);
  expect(error).toMatchObject({ limit: "writes", message: expect.stringContaining(done) });
  const ending = interruptedImport(
    graphError("ServiceUnavailable", "The service is shutting down.", { retryAfter: 5 }),
    2500,
    20_000,
  );
  expect(isGraphError(ending) && ending.cause).not.toBeInstanceOf(Error);
});

test("a request to stop keeps its exit code, and says what is in", () => {
  const stop = new UserError("Stopped by Ctrl-C.", { exit: 130, code: "Stopped" });
  expect(interruptedImport(stop, 2500, 20_000)).toMatchObject({
    exit: 130,
    code: "Stopped",
    message: `Stopped by Ctrl-C. ${done}`,
  });
  expect(interruptedImport(stop, 0, 0)).toMatchObject({
    message: "Stopped by Ctrl-C. Nothing was imported.",
  });
});
