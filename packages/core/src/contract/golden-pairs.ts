import type { GoldenPair } from "./golden-pair.ts";
import { batchPairs } from "./pairs/batch-pairs.ts";
import { closingPairs } from "./pairs/closing-pairs.ts";
import { etagPairs } from "./pairs/etag-pairs.ts";
import { faultPairs } from "./pairs/fault-pairs.ts";
import { listPairs } from "./pairs/list-pairs.ts";
import { preferencePairs } from "./pairs/preference-pairs.ts";
import { refusalPairs } from "./pairs/refusal-pairs.ts";
import { writePairs } from "./pairs/write-pairs.ts";

/**
 * The requests of the contract with their answers. They run in this order, against one app of a tenant that has at
 * least two and at most a thousand, and overwrite its counters. A pair never changes once it is released; later
 * versions only add some.
 *
 * A PATCH that is refused has the pair's number as the value of a counter that nothing else sets to it, so the next
 * success shows it if it was committed after all. Pairs of a feature may be left out: only those of `core` commit
 * anything.
 */
export const goldenPairs: readonly GoldenPair[] = [
  ...writePairs, // 1–10
  ...preferencePairs, // 11–15
  ...refusalPairs, // 16–21
  ...listPairs, // 22–24
  ...batchPairs, // 25
  ...etagPairs, // 26–31
  ...faultPairs, // 32–39
  ...closingPairs, // 40–46
];
