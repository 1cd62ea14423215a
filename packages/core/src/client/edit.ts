import { counterNames } from "../resource/counters.ts";
import { parseEdit, type InstallSummaryEdit } from "../patch/edit.ts";
import { isGraphError } from "../http/graph-error.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { applyPatch } from "../patch/apply-patch.ts";
import { rebase, type EditConflict } from "../patch/rebase.ts";
import { frozenCopy } from "../text/frozen-copy.ts";
import { EditConflictError } from "./edit-conflict-error.ts";
import { ClientError } from "./errors.ts";
import { randomRequestId, requireWhole } from "./options.ts";
import { pause, untilAborted } from "./timing.ts";
import type { EditOptions } from "./call-options.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import type { InstallSummaryClient, UpdatedSummary } from "./types.ts";

/** `edit` made of `get` and `update`: reads, changes what it has read, and on a 412 reads again and rebases. */
export async function editSummary(
  client: Pick<InstallSummaryClient, "get" | "update">,
  appId: string,
  change: Parameters<InstallSummaryClient["edit"]>[1],
  options: EditOptions,
): Promise<UpdatedSummary> {
  const { signal, origin, onStep, unguarded = false, clientRequestId = randomRequestId() } = options;
  const headers = { ...options.headers };
  const tries = requireWhole("tries", options.tries ?? 10, 1, Number.MAX_SAFE_INTEGER);
  let current = await readGuarded();
  // What the edit was made on: the first version, except for counters that were decided about later.
  let base = current.summary;
  const wanted = await untilAborted(() => change(frozenCopy(current.summary)), signal);
  let edit = parseEdit(wanted, base.id);
  for (let count = 1; ; count += 1) {
    let { patch, conflicts } = rebase(base, edit, current.summary);
    if (conflicts.length > 0) {
      const decision = await decide(conflicts, current, options);
      const decided = new Set([...conflicts.map(({ counter }) => counter), ...Object.keys(decision)]);
      const kept = Object.entries(edit).filter(([name]) => !decided.has(name));
      edit = { ...Object.fromEntries(kept), ...decision };
      base = applyPatch(base, pick(current.summary, decided));
      ({ patch, conflicts } = rebase(base, edit, current.summary));
      if (conflicts.length > 0) throw new EditConflictError(conflicts, current);
    }
    if (Object.keys(patch).length === 0) return current;
    try {
      const guard = current.etag === undefined ? {} : { ifMatch: current.etag };
      return await client.update(appId, patch, {
        ...guard,
        signal,
        headers,
        origin,
        onStep,
        clientRequestId,
      });
    } catch (error) {
      if (count >= tries || !isGraphError(error, "PreconditionFailed")) throw error;
    }
    // Clients that edit at the same moment must not meet again and again.
    await pause(Math.random() * Math.min(1000, 20 * 2 ** count), signal);
    current = await readGuarded();
  }

  async function readGuarded(): Promise<ReadSummary> {
    const read = await client.get(appId, { signal, headers });
    if (read.etag === undefined && !unguarded) throw notGuarded();
    return read;
  }
}

/** The caller's decision about the counters that conflict: an edit, made on `current`. */
async function decide(
  conflicts: readonly EditConflict[],
  current: ReadSummary,
  { onConflict, signal }: EditOptions,
): Promise<InstallSummaryEdit> {
  const { summary, etag } = current;
  const decision = await untilAborted(
    () => onConflict?.(frozenCopy(conflicts), frozenCopy({ summary, etag })),
    signal,
  );
  if (decision === undefined) throw new EditConflictError(conflicts, current);
  return parseEdit(decision, summary.id);
}

function pick(summary: InstallSummary, names: ReadonlySet<string>): InstallSummaryPatch {
  return Object.fromEntries(
    counterNames.filter((name) => names.has(name)).map((name) => [name, summary[name]]),
  );
}

function notGuarded(): ClientError {
  return new ClientError(
    "PreconditionRequired",
    "The edit cannot be guarded: the host sent no ETag. Pass { unguarded: true } to overwrite.",
  );
}
