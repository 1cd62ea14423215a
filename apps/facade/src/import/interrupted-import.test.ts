import { UserError } from "@install-summary/command-line/errors";
import { graphError, isGraphError } from "@install-summary/core";
import { busy, LimitError, shuttingDown, unavailable } from "@install-summary/core/service";
import { expect, test } from "vitest";
import { interruptedImport, interruptedReading } from "./interrupted-import.ts";

const place = { isStopped: false, applied: 2500, rows: 20_000 };
const done = "2,500 of 20,000 rows are in; import the same report again to go on.";

test("a store that fails is told after how many rows are in, and stays the cause", () => {
  const error = unavailable("The store's disk is full.", 30, new Error("disk"));
  expect(interruptedImport({ ...place, error })).toMatchObject({
    status: 503,
    message: `${done} The batch after them failed. The store's disk is full.`,
    retryAfter: 30,
    cause: error,
  });
  expect(interruptedImport({ ...place, error, applied: 0 })).toBe(error);
});

test("a store that certainly changed nothing is told in the words of an import", () => {
  const error = unavailable("The store's disk is full. The change was not applied.", 30, new Error("disk"));
  expect(interruptedImport({ ...place, error })).toMatchObject({
    message: `${done} The batch after them failed. The store's disk is full.`,
  });
  expect(interruptedImport({ ...place, error, applied: 0 })).toMatchObject({
    status: 503,
    message: "The store's disk is full. Nothing was imported.",
    retryAfter: 30,
  });
});

test("a batch that may be in is told as such, and not as one that failed", () => {
  const error = graphError("GatewayTimeout", "The store did not confirm the change.", { retryAfter: 2 });
  expect(interruptedImport({ ...place, error })).toMatchObject({
    status: 503,
    message: `At least ${done} The store did not confirm the change.`,
    retryAfter: 2,
  });
  expect(interruptedImport({ ...place, error, applied: 0 })).toBe(error);
});

test("a limit that was reached keeps its name", () => {
  const error = interruptedImport({ ...place, error: busy("writes", "Too many changes are waiting.", 1) });
  expect(error).toBeInstanceOf(LimitError);
  expect(error).toMatchObject({ limit: "writes", message: expect.stringContaining(done) });
});

test("a request to stop keeps its exit code, and says what is in", () => {
  const stop = { ...place, isStopped: true, error: new UserError("Stopped by Ctrl-C.", { exit: 130 }) };
  expect(interruptedImport(stop)).toMatchObject({ exit: 130, message: `Stopped by Ctrl-C. ${done}` });
  expect(interruptedImport({ ...stop, applied: 0 })).toMatchObject({
    message: "Stopped by Ctrl-C. Nothing was imported.",
  });
});

test("a service that ends says so first, and blames no fault of the machine", () => {
  const error = interruptedImport({ ...place, isStopped: true, error: shuttingDown() });
  expect(error).toMatchObject({
    status: 503,
    message: `The service is shutting down. ${done}`,
    retryAfter: 5,
  });
  expect(isGraphError(error) && error.cause).not.toBeInstanceOf(Error);
});

test("while the files are read nothing is in, and a refused file keeps its error", () => {
  const full = unavailable("The store's disk is full.", 30, new Error("disk"));
  expect(interruptedReading(full)).toMatchObject({
    status: 503,
    message: "The store's disk is full. Nothing was imported.",
    retryAfter: 30,
    cause: full,
  });
  expect(interruptedReading(shuttingDown())).toMatchObject({
    message: "The service is shutting down. Nothing was imported.",
  });
  const refused = graphError("BadRequest", "The file is blank.");
  expect(interruptedReading(refused)).toBe(refused);
});
