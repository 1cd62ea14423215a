import { appIdentity } from "./app-identity.ts";
import type { KnownApp } from "./known-app.ts";

/** Why a change is not simply sent: what its draft on disk, which cannot be changed for this reason, would say afterwards. */
export function unmarkedText(reason: string): string {
  return `its draft on this computer cannot be marked as sent (${reason}): the next start would offer it as not sent`;
}

/** Which drafts on disk say that a change was not sent, though it was sent, dropped or replaced. */
export function staleText(apps: readonly KnownApp[]): string {
  const [first, ...others] = apps.map(appIdentity);
  if (first === undefined) return "";
  if (others.length === 0)
    return `the draft of ${first} stays on this computer, though it was sent, dropped or replaced: the next start offers it again`;
  return `the drafts of ${first} and ${others.length} more stay on this computer, though they were sent, dropped or replaced: the next start offers them again`;
}
