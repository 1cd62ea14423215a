import type { History } from "../history/history.ts";
import type { Fault } from "./fault.ts";

/** What a service may respond to a good request whatever happens to it; everything else is its own fault. */
const explained = /^(?:2\d\d|304|408|412|429|503|504)$/;

/** Checks that callers saw nothing but success, a version that others were faster to make, and what is worth a retry. */
export function* checkStatuses({ responses }: History): Generator<Fault> {
  for (const [told, count] of responses) {
    const status = told.split(" ").at(-1) ?? "";
    if (!/^\d{3}$/.test(status) || explained.test(status)) continue;
    yield { rule: "status", text: `The response was ${told}, ${count} times.` };
  }
}
