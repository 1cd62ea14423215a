import type { Moment, SeenApp } from "../history/history.ts";
import type { Fault } from "./fault.ts";
import type { MatchedChange } from "./match-log.ts";

/**
 * Checks real-time order. For each app: what began after a version was known shows that version or a later one, and a
 * change that began then has a later one; so every app is linearizable. And in the log of the tenant a change that was
 * acknowledged before another began is before it.
 */
export function* checkOrder(matched: readonly MatchedChange[], seen: readonly SeenApp[]): Generator<Fault> {
  const apps = new Map<string, Step[]>();
  const add = (appId: string, step: Step): void => {
    const steps = apps.get(appId) ?? [];
    steps.push(step);
    apps.set(appId, steps);
  };
  for (const { sent, logged } of matched) {
    add(logged.appId, {
      start: sent.start,
      // A change that was not acknowledged may have come into the log at any later time.
      end: sent.outcome === "acknowledged" ? sent.end : Infinity,
      version: logged.version,
      isChange: true,
      told: sent.told,
    });
  }
  for (const { appId, start, end, version, told } of seen) {
    add(appId, { start, end, version, isChange: false, told });
  }
  for (const [appId, steps] of apps) yield* checkApp(appId, steps);
  yield* checkLogOrder(matched);
}

/** Something that was done with one version of an app. */
interface Step {
  readonly start: Moment;
  readonly end: Moment;
  readonly version: number;
  readonly isChange: boolean;
  readonly told: string;
}

function* checkApp(appId: string, steps: readonly Step[]): Generator<Fault> {
  const ended = steps.toSorted((one, other) => one.end - other.end);
  let next = 0;
  let known: Step | undefined;
  for (const step of steps.toSorted((one, other) => one.start - other.start)) {
    for (let before = ended[next]; before !== undefined && before.end < step.start; before = ended[next]) {
      if (known === undefined || before.version > known.version) known = before;
      next += 1;
    }
    const minimum = (known?.version ?? 0) + (step.isChange ? 1 : 0);
    if (known === undefined || step.version >= minimum) continue;
    const what = step.isChange ? "made" : "showed";
    yield {
      rule: "order",
      text: `A request ${what} version ${step.version} of app ${appId} (${step.told}) although version ${known.version} was known before it began (${known.told}).`,
    };
  }
}

/** From the end of the log to its beginning: no change was acknowledged before one began that has a place before it. */
function* checkLogOrder(matched: readonly MatchedChange[]): Generator<Fault> {
  let first: MatchedChange | undefined;
  for (const change of matched.toSorted((one, other) => other.place - one.place)) {
    if (first !== undefined && first.sent.end < change.sent.start) {
      yield {
        rule: "order",
        text: `The log has version ${change.logged.version} of app ${change.logged.appId} before version ${first.logged.version} of app ${first.logged.appId}, which was acknowledged before that began.`,
      };
    }
    const isAcknowledged = change.sent.outcome === "acknowledged";
    if (isAcknowledged && (first === undefined || change.sent.end < first.sent.end)) first = change;
  }
}
