import { checkHistory } from "../check/check-history.ts";
import { readEnd } from "../check/read-end.ts";
import type { History } from "../history/history.ts";
import type { Place, RunningFacade } from "../processes/facade.ts";
import { diagnose } from "./diagnose.ts";

/** A store that a facade serves. */
export interface ServedStore {
  readonly place: Place;
  readonly token: string;
  readonly facade: RunningFacade;
}

/**
 * Compares a history with what a facade serves, ends the facade in order, and has `doctor` look at the store. A sentence
 * for each fault.
 */
export async function judge(
  { place, token, facade }: ServedStore,
  history: History,
): Promise<readonly string[]> {
  const end = await readEnd({ origin: facade.origin, token });
  const exit = await facade.end("SIGTERM");
  return [
    ...checkHistory(history, end).map(({ text }) => text),
    ...(exit === 0 ? [] : [`The facade ended with ${exit}: ${facade.output()}`]),
    ...(await diagnose(place)),
  ];
}
