import type { Recorder } from "../history/recorder.ts";
import type { Caller } from "./caller.ts";

/** What one worker of a load has. */
export interface Worker {
  readonly caller: Caller;
  readonly recorder: Recorder;
  /** The apps of the load. */
  readonly apps: readonly string[];
}

/** One step of a worker: it sends a request or two and writes down what came back. */
export type Step = (worker: Worker) => Promise<void>;

/** The path of a summary. */
export function summaryPath(appId: string): string {
  return `/beta/deviceAppManagement/mobileApps/${appId}/installSummary`;
}

/** One of them, by chance. */
export function anyOf<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error("There is nothing to choose from.");
  return item;
}

/** Up to so many different ones, by chance. */
export function someOf<Item>(items: readonly Item[], count: number): readonly Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .slice(0, count)
    .map(({ item }) => item);
}

/** A counter that is not the stamp, with any value. */
export function anyValue(): number {
  return Math.floor(Math.random() * 2 ** 31);
}
