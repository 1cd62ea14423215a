import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import { stampCounter, type SentChange } from "../history/history.ts";
import type { LoggedChange } from "./end.ts";
import type { Fault } from "./fault.ts";

/** A change that was sent and is in the log. */
export interface MatchedChange {
  readonly sent: SentChange;
  readonly logged: LoggedChange;
  /** Its place in the log, from 0. */
  readonly place: number;
}

/**
 * Finds each change of a log among those that were sent: every acknowledged one must be there, once and as it was sent,
 * and nothing else but those whose outcome is unknown.
 */
export function matchLog(
  changes: readonly SentChange[],
  log: readonly LoggedChange[],
): { readonly matched: readonly MatchedChange[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const byStamp = new Map(changes.map((sent) => [sent.stamp, sent]));
  const found = new Map<number, MatchedChange>();
  for (const [place, logged] of log.entries()) {
    const what = `Version ${logged.version} of app ${logged.appId}`;
    const unsent = (text: string): void => void faults.push({ rule: "unsent", text: `${what} ${text}` });
    const stamp = logged.after[stampCounter];
    const sent = stamp === undefined ? undefined : byStamp.get(stamp);
    if (sent === undefined || sent.appId !== logged.appId) {
      unsent(`was sent by no request: its ${stampCounter} is ${stamp}.`);
      continue;
    }
    const earlier = found.get(sent.stamp);
    if (earlier !== undefined) {
      unsent(`is the change that version ${earlier.logged.version} was already: ${sent.told}.`);
      continue;
    }
    found.set(sent.stamp, { sent, logged, place });
    if (sent.outcome === "refused") unsent(`was refused: ${sent.told}.`);
    faults.push(...compareIds(what, sent, logged));
  }
  for (const sent of changes) {
    if (sent.outcome !== "acknowledged" || found.has(sent.stamp)) continue;
    const version = sent.version === undefined ? "" : ` as version ${sent.version}`;
    const text = `The change ${sent.stamp} of app ${sent.appId} was acknowledged${version} and is not in the log: ${sent.told}.`;
    faults.push({ rule: "lost", text });
  }
  return { matched: [...found.values()], faults };
}

/** Compares the changes of the log with what was sent and with what the responses say. */
export function* compareResponses(
  matched: readonly MatchedChange[],
  countersOf: (appId: string, version: number) => InstallSummaryPatch | undefined,
): Generator<Fault> {
  for (const { sent, logged } of matched) {
    const { appId, version } = logged;
    const what = `Version ${version} of app ${appId}`;
    const counters = countersOf(appId, version) ?? {};
    for (const name of counterNames) {
      const value = sent.patch[name];
      if (value !== undefined && value !== counters[name]) {
        yield { rule: "log", text: `${what} has ${name} ${counters[name]}; ${value} was sent.` };
      }
      if (value === undefined && logged.after[name] !== undefined && Object.keys(logged.before).length > 0) {
        yield { rule: "log", text: `${what} changes ${name}, which was not sent.` };
      }
      const shown = sent.counters?.[name];
      if (shown !== undefined && shown !== counters[name]) {
        yield {
          rule: "response",
          text: `${what} has ${name} ${counters[name]}; its response showed ${shown}.`,
        };
      }
    }
    if (sent.version !== undefined && sent.version !== version) {
      yield { rule: "response", text: `${what} was acknowledged as version ${sent.version}.` };
    }
    if (sent.ifMatch !== undefined && sent.ifMatch + 1 !== version) {
      yield { rule: "order", text: `${what} was sent for version ${sent.ifMatch}.` };
    }
  }
}

function* compareIds(what: string, sent: SentChange, logged: LoggedChange): Generator<Fault> {
  for (const name of ["requestId", "clientRequestId"] as const) {
    if (sent[name] === undefined || sent[name] === logged[name]) continue;
    yield { rule: "log", text: `${what} has the ${name} ${logged[name]}; it was ${sent[name]}.` };
  }
}
