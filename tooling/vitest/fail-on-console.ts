import { afterEach, beforeEach, expect, vi } from "vitest";

// A library that prints is a defect, and a test that prints hides the next failure.
const methods = ["log", "info", "warn", "error", "debug"] as const;
let printed: unknown[][] = [];

beforeEach(() => {
  printed = [];
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      printed.push([method, ...args]);
    });
  }
});

afterEach(() => {
  expect(printed, "the test printed to the console").toEqual([]);
});
