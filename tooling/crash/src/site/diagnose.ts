import { runFacade, type Place } from "../processes/facade.ts";

/** What `doctor` says against a store; nothing where it is whole. */
export async function diagnose(place: Place): Promise<readonly string[]> {
  const { output } = await runFacade(place, "doctor");
  return /^ok +store .* come to its summaries(?:;.*)?$/m.test(output) ? [] : [`doctor: ${output}`];
}
