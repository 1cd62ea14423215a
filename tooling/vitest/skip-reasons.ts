import type { Reporter } from "vitest/node";

/** Says of each test that did not run why, so that a green run hides nothing. */
export const skipReasons: Reporter = {
  onTestCaseResult(test) {
    const result = test.result();
    if (result.state !== "skipped") return;
    process.stdout.write(`skipped: ${test.fullName}: ${result.note ?? "no reason given"}\n`);
  },
};
