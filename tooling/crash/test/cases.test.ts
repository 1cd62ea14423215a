import { expect, test } from "vitest";
import { cases } from "../src/cases/cases.ts";

// Each round kills and starts the facade, which a busy machine takes seconds for.
const timeout = 600_000;

for (const { name, promise, rounds, missing, run } of cases) {
  test(`${promise} (${name})`, { timeout }, async ({ skip }) => {
    const reason = missing?.();
    skip(reason !== undefined, reason);
    expect((await run(rounds.short)).faults).toEqual([]);
  });
}
