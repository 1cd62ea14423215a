import { LimitError, type BatchAccount } from "@install-summary/core/service";
import { expect, test } from "vitest";
import { createLoopTurns } from "./loop-turns.ts";
import { createPageBudget } from "./page-budget.ts";

const mebibyte = 1024 * 1024;
const someone = { tenantId: "1", actor: "a" };

/** The 429 that a further page gets. */
function refusalOf(account: BatchAccount): string | undefined {
  try {
    account.checkPage();
    return undefined;
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    const { status, limit, retryAfter, message } = error;
    return `${status} ${limit} ${retryAfter} ${message}`;
  }
}

test("the batches of one caller may hold 16 MiB together, and another caller has as much", () => {
  const open = createPageBudget(createLoopTurns());
  const [first, second] = [open(someone), open(someone)];
  first.hold(16 * mebibyte - 1);
  expect([refusalOf(first), refusalOf(second)]).toEqual([undefined, undefined]);
  second.hold(1);
  expect(refusalOf(first)).toMatch(
    /^429 batchPages 1 .*The responses to your batches that are being served hold 16 MiB/,
  );
  expect(refusalOf(second)).toContain("your batches");
  expect(refusalOf(open({ ...someone, actor: "b" }))).toBeUndefined();
  expect(refusalOf(open({ ...someone, tenantId: "2" }))).toBeUndefined();
});

test("the batches of all callers may hold 64 MiB, and have them back when they are closed", () => {
  const open = createPageBudget(createLoopTurns());
  const batches = ["a", "b", "c", "d"].map((actor) => open({ ...someone, actor }));
  for (const batch of batches) batch.hold(16 * mebibyte);
  const next = open({ ...someone, actor: "e" });
  expect(refusalOf(next)).toContain("The responses to the batches of all callers");
  batches[0]?.close();
  expect(refusalOf(next)).toBeUndefined();
});
