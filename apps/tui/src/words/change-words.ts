import { counters, type CounterName } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import { stateLabels, visibleText } from "@install-summary/core/text";
import { formatCount } from "./format-count.ts";

/** Says of a log, or of that of an app, that its oldest changes were removed. */
export const olderRemovedText = "Older changes were removed from the log.";

/** What a change did to one counter; `before` is undefined where it created the app. */
export interface ChangedCounter {
  readonly counter: CounterName;
  readonly before: number | undefined;
  readonly after: number;
}

/** The counters of a change with their values, in the order of the specification. */
export function changedCounters({
  before,
  after,
}: Pick<ListedChange, "before" | "after">): readonly ChangedCounter[] {
  return counters.flatMap(({ name }) => {
    const value = after[name];
    return value === undefined ? [] : [{ counter: name, before: before[name], after: value }];
  });
}

/** A counter in few letters, for columns: `failed d` for devices, `pending u` for users. */
export function shortCounter(name: CounterName): string {
  const counter = counters.find((other) => other.name === name);
  if (counter === undefined) return name;
  const label = stateLabels[counter.state].shortLabel.toLowerCase();
  return `${label} ${counter.scope === "device" ? "d" : "u"}`;
}

/** A counter in a sentence: `failed devices`. */
export function counterLabel(name: CounterName): string {
  return counters.find((other) => other.name === name)?.label.toLowerCase() ?? name;
}

/** Who made a change: `you`, or the name in the log, safe to show. */
export function changeActor({ actor, mine }: Pick<ListedChange, "actor" | "mine">): string {
  return mine === true ? "you" : visibleText(actor, 100);
}

/** One counter of a change in words: `failed devices 16 → 8`, or `failed devices 16` where the app began with it. */
export function changedText({ counter, before, after }: ChangedCounter): string {
  const values = before === undefined ? formatCount(after) : `${formatCount(before)} → ${formatCount(after)}`;
  return `${counterLabel(counter)} ${values}`;
}

/** A change in a line: its first counter, and how many more there are. */
export function changeText(change: Pick<ListedChange, "before" | "after">): string {
  const [first, ...others] = changedCounters(change);
  if (first === undefined) return "nothing changed";
  if (first.before === undefined) return "app created";
  return others.length === 0 ? changedText(first) : `${changedText(first)} and ${others.length} more`;
}
