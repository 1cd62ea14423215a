import type { Random } from "./random.ts";
import type { NamedApp } from "./catalogue.ts";
import { platforms } from "./platform.ts";

/** In how many devices or users an app is in each state; everyone it was assigned to is in exactly one. */
export interface Counts {
  readonly installed: number;
  readonly failed: number;
  readonly notApplicable: number;
  readonly notInstalled: number;
  readonly pending: number;
}

/** Numbers as a tenant shows them: most apps install well, few fail often, some are only offered. */
export function drawCounts(random: Random, app: NamedApp): { devices: Counts; users: Counts } {
  const facts = platforms[app.platform];
  const share = drawShare(random, app.everywhere);
  const assigned = Math.max(1, Math.round(facts.devices * share.assigned));
  // High powers of an even draw are mostly near zero, with a long tail.
  const failed = 0.2 * random.next() ** 10;
  const pending = 0.08 * random.next() ** 3;
  const notApplicable = 0.3 * random.next() ** 5;
  const rates = { failed, pending, notApplicable, notInstalled: share.notInstalled };
  // Who has several devices counts as failed or waiting when one of them is.
  const usersPerDevice = (facts.users / facts.devices) * (0.8 + 0.2 * random.next());
  const assignedUsers = Math.max(1, Math.round(assigned * usersPerDevice));
  const spread = 1 + 0.06 * random.next();
  const userRates = { ...rates, failed: failed * spread, pending: pending * spread };
  return { devices: split(assigned, rates), users: split(assignedUsers, userRates) };
}

interface Share {
  readonly assigned: number;
  readonly notInstalled: number;
}

/** To whom an app went: required everywhere, required for a team, or on offer to everybody. */
function drawShare(random: Random, everywhere: boolean): Share {
  const kind = everywhere ? 0 : random.next();
  const size = random.next();
  const missing = random.next();
  if (kind < 0.2) return { assigned: 0.75 + 0.25 * size, notInstalled: 0.08 * missing ** 2 };
  if (kind < 0.75) return { assigned: 0.004 + 0.3 * size ** 3, notInstalled: 0.15 * missing ** 3 };
  return { assigned: 0.2 + 0.8 * size, notInstalled: 0.5 + 0.42 * missing };
}

type Rates = Readonly<Record<Exclude<keyof Counts, "installed">, number>>;

function split(total: number, rates: Rates): Counts {
  const notApplicable = Math.round(total * rates.notApplicable);
  const applicable = total - notApplicable;
  const notInstalled = Math.round(applicable * rates.notInstalled);
  const wanted = applicable - notInstalled;
  const failed = Math.round(wanted * rates.failed);
  const pending = Math.round(wanted * rates.pending);
  return { installed: wanted - failed - pending, failed, notApplicable, notInstalled, pending };
}
