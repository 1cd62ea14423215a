import {
  diff,
  formatETag,
  type InstallSummary,
  type MobileApp,
  type VersionedSummary,
} from "@install-summary/core";
import type { AppKey, AppRow, ChangeRow, FeedRow, GroupRows, SummaryRow } from "./rows.ts";
import type { StoredApp } from "../store.ts";
import type { ImportWrite, UpdateWrite, Write, WriteOutcome } from "./write.ts";

/** An app as a group finds it. */
export type CurrentApp =
  | (VersionedSummary & {
      readonly kind: "known";
      /** Read where an import needs it. */ readonly app?: MobileApp;
    })
  /** A new app; `lastVersion` is that of an app that was here under its id before, else 0. */
  | { readonly kind: "new"; readonly lastVersion: number };

/** What an engine reads, inside its transaction, before a group is planned. */
export interface GroupState {
  /** Each app that a write of the group names, by `appKeyText`. */
  readonly apps: ReadonlyMap<string, CurrentApp>;
  /** Of each tenant, the last sequence that its change log has given out. */
  readonly feeds: ReadonlyMap<string, number>;
}

/** What a group comes to: the rows to write in its transaction, and the outcomes to tell once that is durable. */
export interface GroupPlan {
  readonly outcomes: readonly WriteOutcome[];
  readonly rows: GroupRows;
}

/** The text by which an app is found in `GroupState`. */
export function appKeyText({ tenantId, appId }: AppKey): string {
  return `${tenantId} ${appId}`;
}

/**
 * Plans the writes of one transaction, in their order: each sees what those before it did. Pure, and the same for
 * every SQL engine. An app that changes several times is one row to write and several changes.
 *
 * @param time when the group commits: RFC 3339, UTC
 */
export function planGroup(writes: readonly Write[], state: GroupState, time: string): GroupPlan {
  const group = beginGroup(state, time);
  const outcomes = writes.map((write): WriteOutcome => {
    try {
      return write.kind === "update" ? planUpdate(group, write) : planImport(group, write);
    } catch (error) {
      return { kind: "failed", write, error };
    }
  });
  return { outcomes, rows: group.rows() };
}

function planUpdate(group: GroupDraft, write: UpdateWrite): WriteOutcome {
  const current = group.find(write);
  if (current.kind === "new") return { kind: "update", write, result: undefined };
  const shown = { summary: current.summary, etag: formatETag(current.version) };
  const decision = write.decide(shown);
  if (decision.kind !== "changed") return { kind: "update", write, result: { decision, current: shown } };
  const version = group.changeSummary(write, write, decision.summary);
  const now = { summary: decision.summary, etag: formatETag(version) };
  return { kind: "update", write, result: { decision, current: now } };
}

/** Every row is decided before one is applied, so that a decision that throws leaves nothing behind. */
function planImport(group: GroupDraft, write: ImportWrite): WriteOutcome {
  const { tenantId, rows } = write;
  const decisions = rows.map(({ appId, decide }) => decide(shownApp(group.find({ tenantId, appId }))));
  for (const [index, { appId }] of rows.entries()) {
    const decision = decisions[index];
    if (decision?.kind !== "created" && decision?.kind !== "changed") continue;
    const key = { tenantId, appId };
    if (decision.app !== undefined) group.changeApp(key, decision.app);
    if (decision.summary !== undefined) group.changeSummary(key, write, decision.summary);
  }
  return { kind: "import", write, decisions };
}

function shownApp(current: CurrentApp): StoredApp | undefined {
  if (current.kind === "new") return undefined;
  if (current.app === undefined) throw new Error("An import was planned without reading its apps.");
  return { app: current.app, summary: current.summary, etag: formatETag(current.version) };
}

/** The state of a group while it is planned. */
interface GroupDraft {
  find(key: AppKey): CurrentApp;
  changeApp(key: AppKey, app: MobileApp): void;
  /** Records a change where a counter differs; returns the version that the summary has then. */
  changeSummary(key: AppKey, source: ChangeSource, summary: InstallSummary): number;
  rows(): GroupRows;
}

type ChangeSource = Pick<Write, "actor" | "origin" | "requestId" | "clientRequestId">;

function beginGroup({ apps, feeds }: GroupState, time: string): GroupDraft {
  const current = new Map(apps);
  const sequences = new Map<string, number>();
  const changes: ChangeRow[] = [];
  const summaryRows = new Map<string, SummaryRow>();
  const appRows = new Map<string, AppRow>();

  const find = (key: AppKey): CurrentApp => current.get(appKeyText(key)) ?? { kind: "new", lastVersion: 0 };

  const nextSequence = (tenantId: string): number => {
    const next = (sequences.get(tenantId) ?? feeds.get(tenantId) ?? 0) + 1;
    sequences.set(tenantId, next);
    return next;
  };

  return {
    find,
    changeApp({ tenantId, appId }, app) {
      const text = appKeyText({ tenantId, appId });
      const known = find({ tenantId, appId });
      appRows.set(text, { tenantId, app, isNew: appRows.get(text)?.isNew ?? known.kind === "new" });
      if (known.kind === "known") current.set(text, { ...known, app });
    },
    changeSummary({ tenantId, appId }, { actor, origin, requestId, clientRequestId }, summary) {
      const text = appKeyText({ tenantId, appId });
      const known = find({ tenantId, appId });
      const { before, after } = known.kind === "new" ? creation(summary) : difference(known.summary, summary);
      if (known.kind === "known" && after === "{}") return known.version;
      // An app that was here before goes on counting, so that no ETag ever names two states.
      const version = (known.kind === "new" ? known.lastVersion : known.version) + 1;
      const sequence = nextSequence(tenantId);
      const source = { changedAt: time, actor, origin, requestId, clientRequestId };
      changes.push({ tenantId, sequence, appId, version, ...source, before, after });
      const isNew = summaryRows.get(text)?.isNew ?? known.kind === "new";
      summaryRows.set(text, { tenantId, summary, version, modifiedAt: time, modifiedBy: actor, isNew });
      const app = known.kind === "new" ? appRows.get(text)?.app : known.app;
      current.set(text, { kind: "known", summary, version, ...(app !== undefined && { app }) });
      return version;
    },
    rows: () => ({
      changes,
      summaries: [...summaryRows.values()],
      apps: [...appRows.values()],
      feeds: Array.from(sequences, ([tenantId, last]): FeedRow => ({ tenantId, last })),
    }),
  };
}

function creation(summary: InstallSummary): { before: string; after: string } {
  const { id: _, ...counters } = summary;
  return { before: "{}", after: JSON.stringify(counters) };
}

function difference(from: InstallSummary, to: InstallSummary): { before: string; after: string } {
  return { before: JSON.stringify(diff(to, from)), after: JSON.stringify(diff(from, to)) };
}
