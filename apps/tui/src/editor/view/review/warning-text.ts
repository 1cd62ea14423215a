import type { InstallSummary, PlausibilityWarning } from "@install-summary/core";
import { formatCount } from "../../../words/format-count.ts";
import { counterOf, describeCounter, states } from "../../model/counter-grid.ts";
import { shareText } from "../counters/share-text.ts";

/** A warning under the line that it is about, whose numbers the line shows. */
export function warningText(
  { code, counters, message }: PlausibilityWarning,
  before: InstallSummary,
  after: InstallSummary,
): string {
  const [counter] = counters;
  if (code === "usersWithoutDevices") {
    return `${formatCount(totalOf(after, "user"))} users, while there are no devices`;
  }
  if (code === "failedUsersWithoutFailedDevices") {
    return `failed users ${formatCount(after.failedUserCount)}, while failed devices are 0`;
  }
  if (code !== "largeChange" || counter === undefined) return message;
  const { scope } = describeCounter(counter);
  const was = shareText(before[counter], totalOf(before, scope));
  const is = shareText(after[counter], totalOf(after, scope));
  return `${was} of all ${scope}s before, ${is} after`;
}

function totalOf(summary: InstallSummary, scope: "device" | "user"): number {
  return states.reduce((sum, state) => sum + summary[counterOf(state, scope)], 0);
}
