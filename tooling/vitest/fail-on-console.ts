import { afterEach, beforeEach, vi } from "vitest";

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
  if (printed.length > 0) throw new Error(`the test printed to the console: ${JSON.stringify(printed)}`);
});
