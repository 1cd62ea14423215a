import { frozenCopy } from "../../text/frozen-copy.ts";
import type { GoldenPair } from "../format/golden-pair.ts";
import { access } from "./access.ts";
import { batch } from "./batch.ts";
import { batchFaults } from "./batch-faults.ts";
import { bodies } from "./bodies.ts";
import { etags } from "./etags.ts";
import { codings } from "./codings.ts";
import { filters } from "./filters.ts";
import { headers } from "./headers.ts";
import { lists } from "./lists.ts";
import { options } from "./options.ts";
import { order } from "./order.ts";
import { paths } from "./paths.ts";
import { payloads } from "./payloads.ts";
import { preferences } from "./preferences.ts";
import { reading } from "./reading.ts";
import { repetitions } from "./repetitions.ts";
import { selections } from "./selections.ts";
import { spellings } from "./spellings.ts";
import { tokens } from "./tokens.ts";
import { writing } from "./writing.ts";

const byTopic = [
  ...writing,
  ...bodies,
  ...payloads,
  ...reading,
  ...etags,
  ...options,
  ...preferences,
  ...headers,
  ...paths,
  ...access,
  ...order,
  ...lists,
  ...filters,
  ...batch,
  ...batchFaults,
  ...repetitions,
  ...spellings,
  ...selections,
  ...codings,
  ...tokens,
];

/**
 * The requests of the contract with the responses that it asks for, by number. They run in this order, against one app
 * of a tenant that has 2 to 1000 apps, and overwrite its counters. A released pair never changes; later versions only
 * add pairs, with higher numbers.
 *
 * A PATCH that is refused sends its pair's number as the value of a counter. No other pair sets the counter to it, so
 * the next success shows if it was stored all the same. Pairs of a feature other than `core` may be left out: where one
 * of them commits a change, the next `core` pair sets the counter again.
 */
export const goldenPairs: readonly GoldenPair[] = /* @__PURE__ */ frozenCopy(
  byTopic.toSorted((one, other) => one.number - other.number),
);
