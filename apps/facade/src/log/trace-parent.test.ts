import { expect, test } from "vitest";
import { parseTraceParent } from "./trace-parent.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const parentId = "00f067aa0ba902b7";

test("a traceparent names a trace and a span, also in a version that is not known yet", () => {
  expect(parseTraceParent(`00-${traceId}-${parentId}-01`)).toEqual({ traceId, parentId });
  expect(parseTraceParent(`00-${traceId}-${parentId}-ff`)).toEqual({ traceId, parentId });
  expect(parseTraceParent(`cc-${traceId}-${parentId}-01-what-comes-later`)).toEqual({ traceId, parentId });
});

test.each([
  null,
  "",
  "x",
  `ff-${traceId}-${parentId}-01`,
  `00-${traceId}-${parentId}-01-more`,
  `00-${traceId}-${parentId}`,
  `00-${traceId}-${parentId}-1`,
  `00-${traceId.toUpperCase()}-${parentId}-01`,
  `00-${"0".repeat(32)}-${parentId}-01`,
  `00-${traceId}-${"0".repeat(16)}-01`,
  `00-${traceId}-${parentId}-01, 00-${traceId}-${parentId}-01`,
  ` 00-${traceId}-${parentId}-01`,
  `00-${traceId}-${parentId}-01\n`,
])("a malformed traceparent is ignored: %j", (header) => {
  expect(parseTraceParent(header)).toBeUndefined();
});
