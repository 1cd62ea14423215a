import type { TenantSize } from "@install-summary/core/service";
import { isGraphError } from "@install-summary/core";
import { splitOutcome, unavailableAs } from "./not-applied.ts";

const count = new Intl.NumberFormat("en-US");

/**
 * The error for an erasure that fails at one of its steps. It says what is erased, because the error itself speaks of that step
 * alone.
 */
export function interruptedErasure(error: unknown, { apps, changes }: TenantSize): unknown {
  const isBegun = apps + changes > 0;
  const done = (least = ""): string =>
    `The tenant is erased in part, with ${least}${count.format(apps)} of its apps and ${count.format(changes)} of its ` +
    "changes. Erase it again to go on.";
  if (!isGraphError(error)) return isBegun ? new Error(done(), { cause: error }) : error;
  const { reason, isUndone, isUnconfirmed } = splitOutcome(error);
  if (isBegun) return unavailableAs(error, `${reason} ${done(isUnconfirmed ? "at least " : "")}`);
  return isUndone ? unavailableAs(error, `${reason} Nothing was erased.`) : error;
}
