import { formatETag } from "@install-summary/core";
import type { StoredApp } from "@install-summary/core/service";
import {
  collectRows,
  draftOfApp,
  recordApp,
  recordSummary,
  startDraft,
  type AppDraft,
  type GroupDraft,
} from "./draft-group.ts";
import type { GroupRows, GroupTenant } from "./group.ts";
import type { ImportWrite, PlannedWrite, UpdateWrite, WriteOutcome } from "./write.ts";

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
  writes: readonly PlannedWrite[],
  tenants: ReadonlyMap<string, GroupTenant>,
  time: string,
): GroupPlan {
  const group = startDraft(tenants, time);
  const outcomes = writes.map((write): WriteOutcome => {
    try {
      return write.kind === "update" ? planUpdate(group, write) : planImport(group, write);
    } catch (error) {
      return { kind: "failed", write, error };
    }
  });
  return { outcomes, rows: collectRows(group) };
}

function planUpdate(group: GroupDraft, write: UpdateWrite): WriteOutcome {
  const draft = draftOfApp(group, write.tenantId, write.appId);
  if (draft.current.kind === "new") return { kind: "update", write, result: undefined };
  const current = { summary: draft.current.summary, etag: formatETag(draft.current.version) };
  const decision = write.decide(current);
  if (decision.kind !== "changed") return { kind: "update", write, result: { decision, current } };
  const version = recordSummary(group, draft, write, decision.summary);
  const changed = { summary: decision.summary, etag: formatETag(version) };
  return { kind: "update", write, result: { decision, current: changed } };
}

/** Every row is decided before one is applied, so that a decision that throws leaves nothing behind. */
function planImport(group: GroupDraft, write: ImportWrite): WriteOutcome {
  const found = write.rows.map((row) => ({ row, draft: draftOfApp(group, write.tenantId, row.appId) }));
  const decided = found.map(({ row, draft }) => ({ draft, decision: row.decide(storedApp(draft)) }));
  for (const { draft, decision } of decided) {
    if (decision.kind !== "created" && decision.kind !== "changed") continue;
    if (decision.app !== undefined) recordApp(draft, decision.app);
    if (decision.summary !== undefined) recordSummary(group, draft, write, decision.summary);
  }
  return { kind: "import", write, decisions: decided.map(({ decision }) => decision) };
}

function storedApp({ current, app }: AppDraft): StoredApp | undefined {
  if (current.kind === "new") return undefined;
  if (app === undefined) throw new Error("An import was planned without reading its apps.");
  return { app, summary: current.summary, etag: formatETag(current.version) };
}
