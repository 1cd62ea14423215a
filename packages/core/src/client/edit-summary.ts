import { checkEdit, type InstallSummaryEdit } from "../edit.ts";
import { graphError, isGraphError } from "../graph-error.ts";
import { rebase, type EditConflict } from "../rebase.ts";
import { EditConflictError } from "./edit-conflict-error.ts";
import type {
  EditOptions,
  InstallSummaryClient,
  ReadSummary,
  UpdatedSummary,
} from "./install-summary-client.ts";
import { pause } from "./pause.ts";
import { requireWhole } from "./require-whole.ts";
import { untilAborted } from "./until-aborted.ts";

/** `edit` by means of `get` and `update`: reads, changes what it has read, and on a 412 reads again and rebases. */
export async function editSummary(
  client: Pick<InstallSummaryClient, "get" | "update">,
  appId: string,
  change: Parameters<InstallSummaryClient["edit"]>[1],
  options: EditOptions,
): Promise<UpdatedSummary> {
  const { signal, origin, unguarded = false } = options;
  const tries = requireWhole("tries", options.tries ?? 10, 1, Number.MAX_SAFE_INTEGER);
  let current = await client.get(appId, { signal });
  if (current.etag === undefined && !unguarded) throw notGuarded();
  let base = current.summary;
  let edit = await untilAborted(() => change(current.summary), signal);
  for (let count = 1; ; count += 1) {
    let { patch, conflicts } = rebase(base, edit, current.summary);
    if (conflicts.length > 0) {
      edit = await decide(edit, conflicts, current, options);
      ({ patch, conflicts } = rebase(current.summary, edit, current.summary));
      if (conflicts.length > 0) throw new EditConflictError(conflicts, current);
    }
    if (Object.keys(patch).length === 0) return current;
    try {
      const guard = current.etag === undefined ? {} : { ifMatch: current.etag };
      return await client.update(appId, patch, { ...guard, signal, origin });
    } catch (error) {
      if (count >= tries || !isGraphError(error, "PreconditionFailed")) throw error;
    }
    // Many who edit at once must not meet again and again.
    await pause(Math.random() * Math.min(1000, 20 * 2 ** count), signal);
    base = current.summary;
    current = await client.get(appId, { signal });
  }
}

/** The edit with the caller's decision in place of what conflicts: from now on it is made on `current`. */
async function decide(
  edit: InstallSummaryEdit,
  conflicts: readonly EditConflict[],
  current: ReadSummary,
  { onConflict, signal }: EditOptions,
): Promise<InstallSummaryEdit> {
  const decision = await untilAborted(() => onConflict?.(conflicts, current), signal);
  if (decision === undefined) throw new EditConflictError(conflicts, current);
  checkEdit(decision, current.summary.id);
  const settled = new Set<string>(conflicts.map(({ counter }) => counter));
  const kept = Object.entries(edit).filter(([name]) => !settled.has(name));
  return { ...Object.fromEntries(kept), ...decision };
}

function notGuarded(): Error {
  return graphError(
    "PreconditionRequired",
    "The edit cannot be guarded: the host sent no ETag. Say { unguarded: true } to let the last writer win.",
  );
}
