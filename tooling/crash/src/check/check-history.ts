import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import type { History, SeenApp } from "../history/history.ts";
import { checkFeed } from "./check-feed.ts";
import { checkStatuses } from "./check-statuses.ts";
import { checkOrder } from "./check-order.ts";
import type { StoreEnd } from "./end.ts";
import type { Fault } from "./fault.ts";
import { foldLog } from "./fold-log.ts";
import { compareResponses, matchLog } from "./match-log.ts";

/**
 * Compares all that a load sent and saw with what the store holds at the end, and returns a fault for each promise that was
 * broken. Apps and changes that are not the load's may be in the store too.
 */
export function checkHistory(history: History, end: StoreEnd): readonly Fault[] {
  const { changes, seen, followed } = history;
  const apps = new Set(changes.map(({ appId }) => appId));
  const log = end.log.filter(({ appId }) => apps.has(appId));
  const summaries = new Map([...end.summaries].filter(([appId]) => apps.has(appId)));
  const { states, faults } = foldLog({ log, summaries });
  const countersOf = (appId: string, version: number): InstallSummaryPatch | undefined =>
    states.get(appId)?.[version - 1];
  const { matched, faults: unmatched } = matchLog(changes, log);
  return [
    ...unmatched,
    ...faults,
    ...compareResponses(matched, countersOf),
    ...checkSeen(seen, countersOf),
    ...checkOrder(matched, seen),
    ...checkStatuses(history),
    ...followed.flatMap((reader) => [...checkFeed(reader, log, matched)]),
  ];
}

/** What was read must have been so once. */
function* checkSeen(
  seen: readonly SeenApp[],
  countersOf: (appId: string, version: number) => InstallSummaryPatch | undefined,
): Generator<Fault> {
  for (const { appId, version, counters, told } of seen) {
    const stored = countersOf(appId, version);
    const what = `A response (${told}) showed version ${version} of app ${appId}`;
    if (stored === undefined) {
      yield { rule: "response", text: `${what}, which the log does not have.` };
      continue;
    }
    if (counters === undefined) continue;
    for (const name of counterNames) {
      if (counters[name] === stored[name]) continue;
      yield { rule: "response", text: `${what} with ${name} ${counters[name]}; it was ${stored[name]}.` };
    }
  }
}
