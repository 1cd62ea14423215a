import { expect, test } from "vitest";
import { cases } from "../src/cases/cases.ts";

for (const { name, promise, rounds, missing, run } of cases) {
  test(`${promise} (${name})`, async ({ skip }) => {
    const reason = missing?.();
    skip(reason !== undefined, reason);
    expect((await run(rounds.short)).faults).toEqual([]);
  });
}
