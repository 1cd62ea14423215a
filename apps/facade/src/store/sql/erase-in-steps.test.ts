import { graphError, isGraphError } from "@install-summary/core";
import { busy, LimitError, unavailable } from "@install-summary/core/service";
import { expect, test } from "vitest";
import { eraseInSteps } from "./erase-in-steps.ts";
import type { ErasureStep } from "./write.ts";

const full = unavailable("The store's disk is full. The change was not applied.", 30, new Error("disk"));

/** The error of an erasure whose steps are these, and that fails behind them. */
async function failBehind(steps: readonly Omit<ErasureStep, "isLast">[], error: unknown): Promise<unknown> {
  const left = [...steps];
  const takeStep = async (): Promise<ErasureStep> => {
    const step = left.shift();
    if (step === undefined) throw error;
    return { ...step, isLast: false };
  };
  return eraseInSteps(takeStep).then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

const some = [
  { apps: 0, changes: 500 },
  { apps: 300, changes: 700 },
];
const inPart =
  "The tenant is erased in part, with 300 of its apps and 1,200 of its changes. Erase it again to go on.";

test("an erasure that fails behind some steps says what is gone, and never that nothing was changed", async () => {
  expect(await failBehind(some, full)).toMatchObject({
    status: 503,
    message: `The store's disk is full. ${inPart}`,
    retryAfter: 30,
    cause: full,
  });
  const unsure = graphError("GatewayTimeout", "The store did not confirm the deletion.", { retryAfter: 2 });
  expect(await failBehind(some, unsure)).toMatchObject({
    status: 503,
    message: `The store did not confirm the deletion. ${inPart.replace("with", "with at least")}`,
    retryAfter: 2,
  });
  const limit = await failBehind(some, busy("writes", "Too many changes are waiting.", 1));
  expect(limit).toBeInstanceOf(LimitError);
  expect(limit).toMatchObject({ message: `Too many changes are waiting. ${inPart}` });
  const bug = new Error("a bug");
  expect(await failBehind(some, bug)).toMatchObject({ message: inPart, cause: bug });
});

test("an erasure that fails at its first step says that nothing was erased, where that is certain", async () => {
  expect(await failBehind([], full)).toMatchObject({
    status: 503,
    message: "The store's disk is full. Nothing was erased.",
    retryAfter: 30,
  });
  const unsure = unavailable("The store could not be read or written.", 5, new Error("disk"));
  expect(await failBehind([], unsure)).toBe(unsure);
  expect(isGraphError(await failBehind([], new Error("a bug")))).toBe(false);
});

test("an erasure that is stopped between two steps has the reason of the signal as its error", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const erasing = eraseInSteps(async () => {
    stop.abort(reason);
    return { apps: 0, changes: 500, isLast: false };
  }, stop.signal);
  await expect(erasing).rejects.toBe(reason);
});
