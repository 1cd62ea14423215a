import { withoutResponse, type History, type Moment } from "./history.ts";

/** A history as it was known at a moment: what came back later was not known yet. What was followed is left out. */
export function historyUntil({ changes, seen, responses }: History, moment: Moment): History {
  return {
    changes: changes
      .filter(({ start }) => start <= moment)
      .map((change) => (change.end <= moment ? change : withoutResponse(change))),
    seen: seen.filter(({ end }) => end <= moment),
    followed: [],
    responses,
  };
}
