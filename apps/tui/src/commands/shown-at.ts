import type { CommandContext } from "./command-context.ts";
import { textOutput, type PrintTarget } from "./output/print.ts";

/**
 * Where changes are printed before they are sent: above their results, and beside the question of a person who sees no
 * results.
 */
export function shownAt(
  { env, stdin, stdout, stderr }: CommandContext,
  { isTable, asks }: { readonly isTable: boolean; readonly asks: boolean },
): readonly PrintTarget[] {
  const isAsked = asks && stdin.isTTY;
  const isSeen = isTable && stdout.isTTY;
  const places = [...(isTable ? [stdout] : []), ...(isAsked && !isSeen ? [stderr] : [])];
  return places.map((place) => textOutput(place, env));
}
