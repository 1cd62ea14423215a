import { formatETag } from "../../http/etag.ts";
import { graphError } from "../../http/graph-error.ts";
import { parsePatch } from "../../patch/parse-patch.ts";
import { parseAppId } from "../../resource/app-id.ts";
import { exampleApp } from "../../resource/example.ts";
import { createSummary, type InstallSummaryPatch } from "../../resource/install-summary.ts";
import type { MobileApp } from "../../resource/mobile-app.ts";
import type { AppState } from "../../store/memory/app-state.ts";
import { memberEntries } from "../../text/members.ts";
import { requireMembers } from "../../text/require-members.ts";
import type { TenantState } from "../../store/memory/memory-tenant.ts";

/** An app of the service. Texts that are left out are null, counters 0. An app of a recorded page can be passed on. */
export interface MemoryApp extends Partial<MobileApp> {
  readonly id: string;
  readonly installSummary?: InstallSummaryPatch;
  /**
   * The number of its version, from which its ETag is made.
   *
   * @default 1
   */
  readonly version?: number;
}

/**
 * Makes the state that a service begins with. Throws `GraphError` 400 for an id or a counter that no app can have and for
 * an id given twice, and `RangeError` for a version that is not a whole number.
 */
export function seedApps(apps: readonly MemoryApp[]): TenantState {
  const state = new Map<string, AppState>();
  for (const one of apps.map(toState)) {
    const { id } = one.app;
    if (state.has(id)) throw graphError("BadRequest", `Two apps have the id '${id}'.`);
    state.set(id, one);
  }
  return state;
}

function toState(given: MemoryApp): AppState {
  requireMembers("an app of a memory service", given);
  const { installSummary = {}, version = 1 } = given;
  const id = parseAppId(given.id);
  formatETag(version);
  // Its own id and control information may come along, as in a recorded page.
  const counters = parsePatch(installSummary, { id });
  const known = memberEntries(given).filter(([name, value]) => name in exampleApp && value !== undefined);
  return {
    app: { ...exampleApp, displayName: null, publisher: null, ...Object.fromEntries(known), id },
    summary: createSummary(id, (name) => counters[name] ?? 0),
    version,
  };
}
