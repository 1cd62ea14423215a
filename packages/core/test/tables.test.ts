import { expect, test } from "vitest";
import { changeOrigins, clientOrigins, counterNames, counters, graphErrorStatus } from "../src/index.ts";
import { counterStates, stateLabels } from "../src/text.ts";
import { exampleApp, exampleSummary, goldenPairs } from "../src/contract/index.ts";

test.each(
  Object.entries({
    changeOrigins,
    clientOrigins,
    counterNames,
    counters,
    counterStates,
    exampleApp,
    exampleSummary,
    goldenPairs,
    graphErrorStatus,
    stateLabels,
  }),
)("%s cannot be changed at run time", (_name, table) => {
  expect(Object.isFrozen(table)).toBe(true);
  for (const member of Object.values(table)) expect(Object.isFrozen(member)).toBe(true);
});
