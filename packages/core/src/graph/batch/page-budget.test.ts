import { expect, test } from "vitest";
import { createPageBudget } from "./page-budget.ts";

const mebibyte = 1024 * 1024;

test("one batch may hold 16 MiB, and another has as much", () => {
  const budget = createPageBudget();
  const batch = budget.open();
  batch.hold(16 * mebibyte - 1, false);
  expect(batch.mayRead()).toBe(true);
  batch.hold(1, true);
  expect(batch.mayRead()).toBe(false);
  expect(budget.open().mayRead()).toBe(true);
});

test("all batches together may hold 64 MiB, and have them back when they are closed", () => {
  const budget = createPageBudget();
  const batches = Array.from({ length: 4 }, () => budget.open());
  for (const batch of batches) batch.hold(16 * mebibyte, false);
  const next = budget.open();
  expect(next.mayRead()).toBe(false);
  batches[0]?.close();
  expect(next.mayRead()).toBe(true);
});

test("pages that are still being read count too, however many batches ask for them at once", () => {
  const budget = createPageBudget();
  const batches = Array.from({ length: 500 }, () => budget.open());
  const reading = batches.filter((batch) => batch.mayRead());
  expect(reading.length).toBe(32);
  for (const batch of reading) batch.hold(0, true);
  expect(batches.filter((batch) => batch.mayRead()).length).toBe(32);
});
