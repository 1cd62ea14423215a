import { expect, test } from "vitest";
import { judge } from "../src/judging/judge.ts";
import type { Case } from "../src/judging/measurement.ts";
import { runSuite } from "../src/run-suite.ts";
import { suites } from "../src/suites.ts";
import { formatMeasurements } from "../src/judging/format-table.ts";

// That everything can be measured and that every response is right. What the figures are is for people to see: a busy
// machine must fail no test.
test.for(Object.entries(suites))("the suite %s measures what is right", async ([name, open], context) => {
  const suite = await open({ isFull: false, isShort: true });
  try {
    const [first] = suite.future ?? [];
    if (suite.cases.length === 0 && first !== undefined) return context.skip(first.needs);
    const rows = await runSuite(name, { cases: suite.cases.map(withoutRehearsal) }, 1, () => undefined);
    expect(rows.filter(({ bad }) => bad > 0)).toEqual([]);
    expect(rows.filter(({ rate, p50Us, bytes }) => !((rate ?? p50Us ?? bytes ?? 0) > 0))).toEqual([]);
    expect(
      suite.targets.map((target) => judge(rows, target)).filter(({ verdict }) => verdict === "not measured"),
    ).toEqual([]);
    expect(formatMeasurements(rows)).toContain(`${name}: `);
  } finally {
    await suite.close();
  }
});

/** A variant without a warm-up of its own would be measured twice, and the first time would prove as much. */
function withoutRehearsal({ variants, ...rest }: Case): Case {
  return { ...rest, variants: variants.map((variant) => ({ warmUp: async () => undefined, ...variant })) };
}
