import { expect, test } from "vitest";
import { changeLimit } from "./commands/pair-sender.ts";
import { stopDeadline } from "./stop-deadline.ts";

/** For as long the client waits when a server asks it to, and for as long for a response. */
const longestWait = 60_000;

test("a check that is stopped has the time to wait for its change and to put the counters back; others end sooner", () => {
  expect(stopDeadline("contract")).toBeGreaterThanOrEqual(changeLimit + 2 * longestWait);
  expect(stopDeadline("set")).toBe(10_000);
});
