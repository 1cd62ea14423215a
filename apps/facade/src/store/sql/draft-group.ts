import { counterNames, type InstallSummary, type MobileApp } from "@install-summary/core";
import type {
  AppKey,
  AppRow,
  ChangeRow,
  CurrentApp,
  FeedRow,
  GroupRows,
  SummaryRow,
  GroupTenant,
} from "./group.ts";
import type { PlannedWrite } from "./write.ts";

/** What a group has come to so far. */
export interface GroupDraft {
  /** When the group commits. */
  readonly time: string;
  readonly changes: ChangeRow[];
  readonly tenants: ReadonlyMap<string, TenantDraft>;
}

interface TenantDraft {
  readonly state: GroupTenant;
  /** By id, the apps that were looked at. */
  readonly apps: Map<string, AppDraft>;
  lastSequence: number;
}

/** An app as a group has it so far. */
export interface AppDraft extends AppKey {
  current: CurrentApp;
  app: MobileApp | undefined;
  readonly isNew: boolean;
  isAppChanged: boolean;
  /** Who changed the summary last, in this group. */
  changedBy: string | undefined;
}

/** Begins the draft of a group that names these tenants and commits at this time. */
export function startDraft(tenants: ReadonlyMap<string, GroupTenant>, time: string): GroupDraft {
  const drafts = new Map<string, TenantDraft>();
  for (const [tenantId, state] of tenants)
    drafts.set(tenantId, { state, apps: new Map(), lastSequence: state.feed.last });
  return { time, changes: [], tenants: drafts };
}

/** Finds an app as the group has it so far. */
export function draftOfApp(group: GroupDraft, tenantId: string, appId: string): AppDraft {
  const { apps, state } = tenantOf(group, tenantId);
  const found = apps.get(appId);
  if (found !== undefined) return found;
  const current = state.apps.get(appId) ?? { kind: "new" };
  const app = current.kind === "known" ? current.app : undefined;
  const isNew = current.kind === "new";
  const draft = { tenantId, appId, current, app, isNew, isAppChanged: false, changedBy: undefined };
  apps.set(appId, draft);
  return draft;
}

/** Records what an app is now. */
export function recordApp(draft: AppDraft, app: MobileApp): void {
  draft.app = app;
  draft.isAppChanged = true;
}

/** Records a change where a counter differs; returns the version that the summary has then. */
export function recordSummary(
  group: GroupDraft,
  draft: AppDraft,
  write: PlannedWrite,
  summary: InstallSummary,
): number {
  const { tenantId, appId, current } = draft;
  const { before, after } = difference(current.kind === "known" ? current.summary : undefined, summary);
  if (current.kind === "known" && after === "{}") return current.version;
  const tenant = tenantOf(group, tenantId);
  // A new app begins above those that were erased, so that no ETag ever names two states.
  const latest = current.kind === "new" ? undefined : current;
  const version = (latest?.version ?? tenant.state.feed.erasedVersion) + 1;
  tenant.lastSequence += 1;
  const sequence = tenant.lastSequence;
  group.changes.push({
    tenantId,
    sequence,
    previousSequence: latest?.changeSequence ?? null,
    appId,
    version,
    changedAt: group.time,
    actor: write.actor,
    origin: write.origin,
    requestId: write.requestId,
    clientRequestId: write.clientRequestId,
    before,
    after,
  });
  draft.current = { kind: "known", summary, version, changeSequence: sequence };
  draft.changedBy = write.actor;
  return version;
}

/** The rows to write: the changes, and what they changed as it is at the end of the group. */
export function collectRows({ time, changes, tenants }: GroupDraft): GroupRows {
  const summaries: SummaryRow[] = [];
  const apps: AppRow[] = [];
  const feeds: FeedRow[] = [];
  for (const [tenantId, tenant] of tenants) {
    const { feed } = tenant.state;
    if (tenant.lastSequence > feed.last) feeds.push({ tenantId, ...feed, last: tenant.lastSequence });
    for (const { current, app, isNew, isAppChanged, changedBy } of tenant.apps.values()) {
      if (isAppChanged && app !== undefined) apps.push({ tenantId, app, isNew });
      if (changedBy === undefined || current.kind === "new") continue;
      const { summary, version, changeSequence } = current;
      const changed = { version, changeSequence, modifiedAt: time, modifiedBy: changedBy };
      summaries.push({ tenantId, summary, ...changed, isNew });
    }
  }
  return { changes, summaries, apps, feeds };
}

function tenantOf(group: GroupDraft, tenantId: string): TenantDraft {
  const tenant = group.tenants.get(tenantId);
  if (tenant === undefined) throw new Error("A group was planned without the state of a tenant.");
  return tenant;
}

/** The counters that differ, as JSON; of a new summary all. A counter's name and value need no escape. */
function difference(from: InstallSummary | undefined, to: InstallSummary): { before: string; after: string } {
  let before = "";
  let after = "";
  for (const name of counterNames) {
    if (from?.[name] === to[name]) continue;
    const comma = after === "" ? "" : ",";
    if (from !== undefined) before += `${comma}"${name}":${from[name]}`;
    after += `${comma}"${name}":${to[name]}`;
  }
  return { before: `{${before}}`, after: `{${after}}` };
}
