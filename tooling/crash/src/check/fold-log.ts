import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import type { StoreEnd } from "./end.ts";
import type { Fault } from "./fault.ts";

/** The counters of each app under each of its versions; the first one is at 0. */
export type AppStates = ReadonlyMap<string, readonly InstallSummaryPatch[]>;

/** Folds a log from its first change on, and notes where versions, counters and summaries do not fit together. */
export function foldLog({ log, summaries }: StoreEnd): {
  readonly states: AppStates;
  readonly faults: Fault[];
} {
  const states = new Map<string, InstallSummaryPatch[]>();
  const faults: Fault[] = [];
  const note = (text: string): void => void faults.push({ rule: "log", text });
  for (const { appId, version, before, after } of log) {
    const known = states.get(appId) ?? [];
    states.set(appId, known);
    if (version !== known.length + 1) {
      note(`The log has version ${version} of app ${appId} after version ${known.length}.`);
    }
    const current = known.at(-1) ?? {};
    for (const name of counterNames) {
      if (before[name] === undefined || before[name] === current[name]) continue;
      note(
        `Version ${version} of app ${appId} begins with ${name} ${before[name]}; it was ${current[name]}.`,
      );
    }
    known.push({ ...current, ...after });
  }
  for (const [appId, { version, counters }] of summaries) {
    const known = states.get(appId) ?? [];
    if (version !== known.length) {
      note(`The summary of app ${appId} has version ${version}; its log ends with version ${known.length}.`);
    }
    const end = known.at(-1) ?? {};
    for (const name of counterNames) {
      if (counters[name] === end[name]) continue;
      note(`The summary of app ${appId} has ${name} ${counters[name]}; its log comes to ${end[name]}.`);
    }
  }
  for (const appId of states.keys()) {
    if (!summaries.has(appId)) note(`App ${appId} has a log and no summary.`);
  }
  return { states, faults };
}
