import type { Counter } from "@install-summary/core";
import { counterStates, stateLabels } from "@install-summary/core/text";

/** The short word of a counter on a command line: `failed` for devices, `users.failed` for users. It loads no schemas. */
export function counterWordOf({ scope, state }: Pick<Counter, "scope" | "state">): string {
  const word = stateLabels[state].shortLabel.toLowerCase().replace(" ", "-");
  return scope === "device" ? word : `users.${word}`;
}

/** The short words of the ten counters, in the order of the specification. */
export const counterWords: readonly string[] = (["device", "user"] as const).flatMap((scope) =>
  counterStates.map((state) => counterWordOf({ scope, state })),
);
