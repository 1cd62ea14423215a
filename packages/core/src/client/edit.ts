import { counterNames } from "../resource/counters.ts";
import { parseAppId } from "../resource/app-id.ts";
import { parseEdit, type InstallSummaryEdit } from "../patch/edit.ts";
import { isGraphError, type GraphError } from "../http/graph-error.ts";
import { rebaseRefused } from "../outcome/rebase-refused.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { copySummary } from "../resource/require-summary.ts";
import { applyPatch } from "../patch/decide-patch.ts";
import { rebase, type EditConflict, type RebasedEdit } from "../patch/rebase.ts";
import { frozenCopy } from "../text/frozen-copy.ts";
import { copyMembers } from "../text/members.ts";
import { notFit, requireMembers } from "../text/require-members.ts";
import { EditConflictError } from "./edit-conflict-error.ts";
import { notGuarded, randomRequestId, requireWhole } from "./options.ts";
import { pause, untilAborted } from "./timing.ts";
import type { EditOptions } from "./call-options.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import type { EditedSummary, InstallSummaryClient } from "./types.ts";

/** An edit that was sent and refused with 412. */
interface Refused {
  readonly patch: InstallSummaryPatch;
  readonly failure: GraphError;
}

/** `edit` made of `get` and `update`: reads, changes what it has read, and on a 412 reads again and rebases. Its options are checked. */
export async function editSummary(
  client: Pick<InstallSummaryClient, "get" | "update">,
  appId: string,
  change: Parameters<InstallSummaryClient["edit"]>[1],
  options: EditOptions,
): Promise<EditedSummary> {
  if (typeof change !== "function")
    throw notFit("change of edit", change, "a function that returns the edit");
  const { signal, origin, onStep, unguarded = false, clientRequestId = randomRequestId() } = options;
  const headers = copyMembers(options.headers);
  const tries = requireWhole("tries", options.tries ?? 10, 1, Number.MAX_SAFE_INTEGER);
  let current = requireGuard(options.base === undefined ? await read() : givenBase(options.base, appId));
  // What the edit was made on: the first version, except for counters that were decided about later.
  let base = current.summary;
  const wanted = await untilAborted(() => change(frozenCopy(current.summary)), signal);
  let edit = parseEdit(wanted, base.id);
  let refused: Refused | undefined;
  for (let count = 1; ; count += 1) {
    let { patch, conflicts } = rebaseOnto(current.summary);
    if (conflicts.length > 0) {
      const decision = await decide(conflicts, current, refused, options);
      const decided = new Set([...conflicts.map(({ counter }) => counter), ...Object.keys(decision)]);
      const kept = Object.entries(edit).filter(([name]) => !decided.has(name));
      edit = { ...Object.fromEntries(kept), ...decision };
      base = applyPatch(base, pick(current.summary, decided));
      ({ patch, conflicts } = rebase(base, edit, current.summary));
      if (conflicts.length > 0) throw new EditConflictError(conflicts, current, refused?.failure);
    }
    if (Object.keys(patch).length === 0) return nothingLeft(current, refused?.failure);
    try {
      const sent = await client.update(appId, patch, {
        ...(current.etag !== undefined && { ifMatch: current.etag }),
        base: current.summary,
        signal,
        headers,
        origin,
        clientRequestId,
        onStep,
      });
      return { ...sent, on: onlySummary(current), patch };
    } catch (error) {
      if (!isGraphError(error, "PreconditionFailed")) throw error;
      refused = { patch, failure: error };
    }
    if (count >= tries) return foundAfterAll(refused.failure);
    options.onRefused?.(refused.failure);
    // Clients that edit at the same moment must not meet again and again.
    await pause(Math.random() * Math.min(1000, 20 * 2 ** count), signal);
    current = requireGuard(await read());
  }

  function read(): Promise<ReadSummary> {
    return client.get(appId, { signal, headers });
  }

  function requireGuard(found: ReadSummary): ReadSummary {
    if (found.etag === undefined && !unguarded) {
      throw notGuarded("edit", "Pass { unguarded: true } to overwrite.");
    }
    return found;
  }

  function rebaseOnto(summary: InstallSummary): RebasedEdit {
    return refused === undefined
      ? rebase(base, edit, summary)
      : rebaseRefused({ base, edit, ...refused }, summary);
  }

  /** After the last try the summary is read only to see whether the values are there all the same. */
  async function foundAfterAll(refusal: GraphError): Promise<EditedSummary> {
    if (refusal.notApplied === true) throw refusal;
    const found = await read().catch(() => undefined);
    if (found === undefined) throw signal?.aborted === true ? signal.reason : refusal;
    const { patch, conflicts } = rebaseOnto(found.summary);
    if (conflicts.length > 0 || Object.keys(patch).length > 0) throw refusal;
    return nothingLeft(found, refusal);
  }
}

function nothingLeft(current: ReadSummary, refusal: GraphError | undefined): EditedSummary {
  const isOpen = refusal !== undefined && refusal.notApplied !== true;
  return { ...current, on: onlySummary(current), patch: {}, ...(isOpen && { refusal }) };
}

/** What was read, without the id of its request. */
export function onlySummary({ summary, etag }: ReadSummary): ReadSummary {
  return { summary, etag };
}

/** What the caller has read before, as it is now. */
function givenBase(given: ReadSummary, appId: string): ReadSummary {
  requireMembers("base of edit", given);
  const { summary, etag } = given;
  return { summary: copySummary("base.summary of edit", summary, parseAppId(appId)), etag };
}

/** The caller's decision about the counters that conflict: an edit, made on `current`. */
async function decide(
  conflicts: readonly EditConflict[],
  current: ReadSummary,
  refused: Refused | undefined,
  { onConflict, signal }: EditOptions,
): Promise<InstallSummaryEdit> {
  const decision = await untilAborted(
    () => onConflict?.(frozenCopy(conflicts), frozenCopy(onlySummary(current))),
    signal,
  );
  if (decision === undefined) throw new EditConflictError(conflicts, current, refused?.failure);
  return parseEdit(decision, current.summary.id);
}

function pick(summary: InstallSummary, names: ReadonlySet<string>): InstallSummaryPatch {
  return Object.fromEntries(
    counterNames.filter((name) => names.has(name)).map((name) => [name, summary[name]]),
  );
}
