import type { GoldenPair } from "../format/golden-pair.ts";
import { goldenPairs } from "../pairs/golden-pairs.ts";

/**
 * Adds to a difference of a counter why it may have this value: a pair that must not be stored sends its own number, so
 * the value tells which of the earlier ones the server stored.
 */
export function explainStored(difference: string, { number }: GoldenPair): string {
  const [, value] = /^body\.\w+Count must be \d+ but is (\d+)$/.exec(difference) ?? [];
  const earlier = goldenPairs.find((pair) => pair.number === Number(value) && pair.number < number);
  if (earlier === undefined || !mustNotBeStored(earlier)) return difference;
  return `${difference}: pair ${value} sent this value and must not be stored`;
}

function mustNotBeStored({ request, expected, feature }: GoldenPair): boolean {
  return expected.status >= 400 || feature === "batch" || request.path.includes("dryRun=true");
}
