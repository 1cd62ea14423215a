import type { GoldenPair } from "./format/golden-pair.ts";
import { appPairs } from "./pairs/app-pairs.ts";
import { batchPairs } from "./pairs/batch-pairs.ts";
import { bodyPairs } from "./pairs/body-pairs.ts";
import { etagPairs } from "./pairs/etag-pairs.ts";
import { faultPairs } from "./pairs/fault-pairs.ts";
import { headerPairs } from "./pairs/header-pairs.ts";
import { listPairs } from "./pairs/list-pairs.ts";
import { orderPairs } from "./pairs/order-pairs.ts";
import { pathPairs } from "./pairs/path-pairs.ts";
import { preferencePairs } from "./pairs/preference-pairs.ts";
import { readPairs } from "./pairs/read-pairs.ts";
import { refusalPairs } from "./pairs/refusal-pairs.ts";
import { requestPairs } from "./pairs/request-pairs.ts";
import { versionPairs } from "./pairs/version-pairs.ts";
import { writePairs } from "./pairs/write-pairs.ts";

/**
 * The requests of the contract with their answers. They run in this order, against one app of a tenant that has at
 * least two and at most a thousand, and overwrite its counters. A pair never changes once it is released; later
 * versions only add some.
 *
 * A PATCH that is refused has the pair's number as the value of a counter that nothing else sets to it, so the next
 * success shows it if it was committed after all. Pairs of a feature other than `core` may be left out: where one of
 * them commits something, the next of `core` puts it right.
 */
export const goldenPairs: readonly GoldenPair[] = [
  ...writePairs, // 1–10
  ...preferencePairs, // 11–15
  ...refusalPairs, // 16–21
  ...listPairs, // 22–24
  ...batchPairs, // 25
  ...etagPairs, // 26–31
  ...faultPairs, // 32–39
  ...readPairs, // 40–45
  ...requestPairs, // 46–54
  ...versionPairs, // 55–63
  ...pathPairs, // 64–75
  ...orderPairs, // 76–88
  ...appPairs, // 89–103
  ...bodyPairs, // 104–126
  ...headerPairs, // 127–134
].map((pair, index) => ({ number: index + 1, ...pair }));
