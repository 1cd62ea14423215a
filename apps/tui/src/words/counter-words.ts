import { counters, type CounterName } from "@install-summary/core";
import { nearestName } from "@install-summary/core/text";
import { counterWords, counterWordOf } from "./counter-word.ts";

export { counterWords };

/** The short word of a counter on a command line: `failed` for devices, `users.failed` for users. */
export function counterWord(name: CounterName): string {
  const counter = counters.find((other) => other.name === name);
  return counter === undefined ? name : counterWordOf(counter);
}

/** The counter of a short word or of its full name; case, dashes and `devices.` in front do not matter. */
export function findCounter(word: string): CounterName | undefined {
  return counterByKey.get(keyOf(word));
}

/** The word that a misspelt one most likely meant, written the way that the misspelt one was. */
export function nearestCounterWord(word: string): string | undefined {
  const fullNames = counters.map(({ name }) => name);
  return nearestName(word, counterWords) ?? nearestName(word, fullNames);
}

function keyOf(word: string): string {
  return word
    .toLowerCase()
    .replaceAll(/[-_ ]/g, "")
    .replace(/^devices?\./, "")
    .replace(/^user\./, "users.");
}

const counterByKey: ReadonlyMap<string, CounterName> = new Map(
  counters.flatMap((counter): (readonly [string, CounterName])[] => {
    const inWords = counter.scope === "device" ? counter.state : `users.${counter.state}`;
    return [counter.name, inWords, counterWordOf(counter)].map((word) => [keyOf(word), counter.name]);
  }),
);
