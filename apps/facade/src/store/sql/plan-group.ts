import { counterNames, formatETag, type InstallSummary, type MobileApp } from "@install-summary/core";
import type { StoredApp } from "@install-summary/core/service";
import type { SummaryRecord } from "./columns.ts";
import type { AppRow, ChangeRow, FeedRow, GroupRows, LatestChange, SummaryRow } from "./rows.ts";
import type { ImportWrite, UpdateWrite, Write, WriteOutcome } from "./write.ts";

/** An app as a group finds it; one that the group's tenant state does not have is unknown. */
export type CurrentApp =
  | (SummaryRecord & {
      readonly kind: "known";
      /** Read where an import needs it. */
      readonly app?: MobileApp;
    })
  /** A new app, which follows the one that was erased under its id, if any. */
  | { readonly kind: "new"; readonly erased?: LatestChange | undefined };

/** What an engine reads of one tenant, inside its transaction, before a group is planned. */
export interface TenantState {
  /** By id, the apps that the writes of the group name. */
  readonly apps: ReadonlyMap<string, CurrentApp>;
  /** The last sequence that the tenant's change log has given out. */
  readonly lastSequence: number;
}

/** What a group comes to: the rows to write in its transaction, and the outcomes to tell once that is durable. */
export interface GroupPlan {
  readonly outcomes: readonly WriteOutcome[];
  readonly rows: GroupRows;
}

/**
 * Plans the writes of one transaction, in their order: each sees what those before it did. Pure, and the same for
 * every SQL engine. An app that changes several times is one row to write and several changes.
 *
 * @param tenants every tenant that a write names
 * @param time when the group commits: RFC 3339, UTC
 */
export function planGroup(
  writes: readonly Write[],
  tenants: ReadonlyMap<string, TenantState>,
  time: string,
): GroupPlan {
  const changes: ChangeRow[] = [];
  const drafts = new Map<string, TenantDraft>();
  for (const [tenantId, state] of tenants)
    drafts.set(tenantId, { tenantId, state, apps: new Map(), changes: 0 });
  const group = { changes, time };
  const outcomes = writes.map((write): WriteOutcome => {
    try {
      const tenant = drafts.get(write.tenantId);
      if (tenant === undefined) throw new Error("A group was planned without the state of a tenant.");
      return write.kind === "update" ? planUpdate(group, tenant, write) : planImport(group, tenant, write);
    } catch (error) {
      return { kind: "failed", write, error };
    }
  });
  return { outcomes, rows: { changes, ...collectRows(drafts.values(), time) } };
}

interface GroupDraft {
  readonly changes: ChangeRow[];
  readonly time: string;
}

/** What a group has made of a tenant so far. */
interface TenantDraft {
  readonly tenantId: string;
  readonly state: TenantState;
  /** By id, the apps that were looked at. */
  readonly apps: Map<string, AppDraft>;
  /** How many changes were recorded. */
  changes: number;
}

interface AppDraft {
  current: CurrentApp;
  readonly isNew: boolean;
  isAppChanged: boolean;
  app: MobileApp | undefined;
  /** Who changed the summary last, in this group. */
  changedBy: string | undefined;
}

function findApp(tenant: TenantDraft, appId: string): AppDraft {
  const known = tenant.apps.get(appId);
  if (known !== undefined) return known;
  const current = tenant.state.apps.get(appId) ?? { kind: "new" };
  const app = current.kind === "known" ? current.app : undefined;
  const draft = { current, isNew: current.kind === "new", isAppChanged: false, app, changedBy: undefined };
  tenant.apps.set(appId, draft);
  return draft;
}

function planUpdate(group: GroupDraft, tenant: TenantDraft, write: UpdateWrite): WriteOutcome {
  const draft = findApp(tenant, write.appId);
  if (draft.current.kind === "new") return { kind: "update", write, result: undefined };
  const current = { summary: draft.current.summary, etag: formatETag(draft.current.version) };
  const decision = write.decide(current);
  if (decision.kind !== "changed") return { kind: "update", write, result: { decision, current } };
  const version = changeSummary(group, tenant, {
    write,
    appId: write.appId,
    draft,
    summary: decision.summary,
  });
  const changed = { summary: decision.summary, etag: formatETag(version) };
  return { kind: "update", write, result: { decision, current: changed } };
}

/** Every row is decided before one is applied, so that a decision that throws leaves nothing behind. */
function planImport(group: GroupDraft, tenant: TenantDraft, write: ImportWrite): WriteOutcome {
  const decisions = write.rows.map(({ appId, decide }) => decide(storedApp(findApp(tenant, appId))));
  for (const [index, { appId }] of write.rows.entries()) {
    const decision = decisions[index];
    if (decision?.kind !== "created" && decision?.kind !== "changed") continue;
    const draft = findApp(tenant, appId);
    const { app, summary } = decision;
    if (app !== undefined) Object.assign(draft, { app, isAppChanged: true });
    if (summary !== undefined) changeSummary(group, tenant, { write, appId, draft, summary });
  }
  return { kind: "import", write, decisions };
}

function storedApp({ current, app }: AppDraft): StoredApp | undefined {
  if (current.kind === "new") return undefined;
  if (app === undefined) throw new Error("An import was planned without reading its apps.");
  return { app, summary: current.summary, etag: formatETag(current.version) };
}

interface SummaryChange {
  readonly write: Write;
  readonly appId: string;
  readonly draft: AppDraft;
  readonly summary: InstallSummary;
}

/** Records a change where a counter differs; returns the version that the summary has then. */
function changeSummary(
  group: GroupDraft,
  tenant: TenantDraft,
  { write, appId, draft, summary }: SummaryChange,
): number {
  const { current } = draft;
  const { before, after } = current.kind === "new" ? creation(summary) : difference(current.summary, summary);
  if (current.kind === "known" && after === "{}") return current.version;
  // An app that was here before goes on counting, so that no ETag ever names two states.
  const latest = current.kind === "new" ? current.erased : current;
  const version = (latest?.version ?? 0) + 1;
  tenant.changes += 1;
  const sequence = tenant.state.lastSequence + tenant.changes;
  group.changes.push({
    tenantId: tenant.tenantId,
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

function creation(summary: InstallSummary): { before: string; after: string } {
  const { id: _, ...counters } = summary;
  return { before: "{}", after: JSON.stringify(counters) };
}

/** The counters that differ, as JSON. A counter's name and value need no escape. */
function difference(from: InstallSummary, to: InstallSummary): { before: string; after: string } {
  let before = "";
  let after = "";
  for (const name of counterNames) {
    if (from[name] === to[name]) continue;
    const comma = after === "" ? "" : ",";
    before += `${comma}"${name}":${from[name]}`;
    after += `${comma}"${name}":${to[name]}`;
  }
  return { before: `{${before}}`, after: `{${after}}` };
}

/** The rows of the apps that a group has changed, as they are at its end. */
function collectRows(tenants: Iterable<TenantDraft>, time: string): Omit<GroupRows, "changes"> {
  const summaries: SummaryRow[] = [];
  const apps: AppRow[] = [];
  const feeds: FeedRow[] = [];
  for (const { tenantId, state, apps: drafts, changes } of tenants) {
    if (changes > 0) feeds.push({ tenantId, last: state.lastSequence + changes });
    for (const { current, app, isNew, isAppChanged, changedBy } of drafts.values()) {
      if (isAppChanged && app !== undefined) apps.push({ tenantId, app, isNew });
      if (changedBy === undefined || current.kind === "new") continue;
      const { summary, version, changeSequence } = current;
      const changed = { version, changeSequence, modifiedAt: time, modifiedBy: changedBy };
      summaries.push({ tenantId, summary, ...changed, isNew });
    }
  }
  return { summaries, apps, feeds };
}
