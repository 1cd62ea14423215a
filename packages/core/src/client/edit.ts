import { parseAppId } from "../resource/app-id.ts";
import { parseEdit, type InstallSummaryEdit } from "../patch/edit.ts";
import { isGraphError, type GraphError } from "../http/graph-error.ts";
import { randomChangeId } from "../http/change-id.ts";
import { rebaseRefused, type RefusedEdit } from "../outcome/rebase-refused.ts";
import { makeSummary, type InstallSummaryPatch } from "../resource/install-summary.ts";
import { copySummary } from "../resource/require-summary.ts";
import { rebase, type EditConflict } from "../patch/rebase.ts";
import { frozenCopy } from "../text/frozen-copy.ts";
import { copyMembers } from "../text/members.ts";
import { notFit, requireMembers } from "../text/require-members.ts";
import { EditConflictError } from "./edit-conflict-error.ts";
import { notGuarded, requireWhole } from "./options.ts";
import { afterRefusals, openRefusal, type Refused } from "./refusals.ts";
import { pause, untilAborted } from "./timing.ts";
import type { EditOptions } from "./call-options.ts";
import type { ReadSummary } from "../outcome/judge-outcome.ts";
import type { EditedSummary, InstallSummaryClient } from "./types.ts";
import type { SendChange } from "./update.ts";

/** Before it was sent, an edit is carried over as one that was certainly not applied. */
const notRefused: Pick<RefusedEdit, "patch" | "failure"> = { patch: {}, failure: { notApplied: true } };

/** `edit` made of `get` and `update`: reads, changes what it has read, and on a 412 reads again and rebases. Its options are checked. */
export async function editSummary(
  client: Pick<InstallSummaryClient, "get"> & { readonly update: SendChange },
  appId: string,
  change: Parameters<InstallSummaryClient["edit"]>[1],
  options: EditOptions,
): Promise<EditedSummary> {
  if (typeof change !== "function")
    throw notFit("change of edit", change, "a function that returns the edit");
  const { signal, origin, onStep, unguarded = false, clientRequestId = randomChangeId() } = options;
  const headers = copyMembers(options.headers);
  const tries = requireWhole("tries", options.tries ?? 10, 1, Number.MAX_SAFE_INTEGER);
  let current = options.base === undefined ? await read() : givenBase(options.base, appId);
  if (!isGuarded(current)) throw notGuarded("edit", "Pass { unguarded: true } to overwrite.");
  // What the edit was made on: the first version, except for counters that were decided about later.
  let base = current.summary;
  const wanted = await untilAborted(() => change(frozenCopy(current.summary)), signal);
  let edit = parseEdit(wanted, base.id);
  const refusals: Refused[] = [];
  for (let count = 1; ; count += 1) {
    const last = refusals.at(-1) ?? notRefused;
    let { patch, conflicts } = rebaseRefused({ base, edit, ...last }, current.summary);
    // After the last try the summary is read only to see whether the values are there all the same.
    if (count > tries && (conflicts.length > 0 || !isEmpty(patch))) throw refusal();
    if (conflicts.length > 0) {
      const decision = await decide(conflicts, current, options).catch((error: unknown) => {
        throw endedBy(error, current);
      });
      if (decision === undefined) throw new EditConflictError(conflicts, current, refusal());
      const decided = new Set<string>([...conflicts.map(({ counter }) => counter), ...Object.keys(decision)]);
      const kept = Object.entries(edit).filter(([name]) => !decided.has(name));
      edit = { ...Object.fromEntries(kept), ...decision };
      base = makeSummary(base.id, (name) => (decided.has(name) ? current.summary : base)[name]);
      ({ patch, conflicts } = rebase(base, edit, current.summary));
      if (conflicts.length > 0) throw new EditConflictError(conflicts, current, refusal());
    }
    if (isEmpty(patch)) {
      // Its values may be there by this very edit.
      const open = openRefusal(refusals);
      return { ...current, on: onlySummary(current), patch, ...(open && { refusal: open }) };
    }
    if (!isGuarded(current)) throw endedBy(notGuarded("edit", "It was not sent again."), current);
    try {
      const guard = current.etag !== undefined && { ifMatch: current.etag };
      const sent = await client.update(
        appId,
        patch,
        { ...guard, base: current.summary, signal, headers, origin, clientRequestId, onStep },
        Object.values(edit).some((one) => typeof one === "object"),
      );
      return { ...sent, on: onlySummary(current), patch };
    } catch (error) {
      // The status decides: other servers and gateways have codes of their own.
      if (!isGraphError(error) || error.status !== 412) throw endedBy(error, current);
      refusals.push({ on: current, patch, failure: error });
      if (count < tries) {
        await tellRefused(error);
        // Clients that edit at the same moment must not meet again and again.
        await pause(Math.random() * Math.min(1000, 20 * 2 ** count), signal);
      } else if (error.notApplied === true) throw refusal();
    }
    current = await read().catch((error: unknown) => {
      throw endedBy(error);
    });
  }

  function read(): Promise<ReadSummary> {
    return client.get(appId, { signal, headers });
  }

  function endedBy(error: unknown, found?: ReadSummary, readFailure?: unknown): unknown {
    return signal?.aborted === true ? error : afterRefusals(error, refusals, found, readFailure);
  }

  /** What the caller's function throws ends the edit. Where a refusal is open, the summary is looked at. */
  async function tellRefused(error: GraphError): Promise<void> {
    try {
      options.onRefused?.(error);
    } catch (thrown) {
      if (openRefusal(refusals) === undefined) throw thrown;
      throw await read().then(
        (found) => endedBy(thrown, found),
        (failure: unknown) => endedBy(thrown, undefined, failure),
      );
    }
  }

  function isGuarded({ etag }: ReadSummary): boolean {
    return etag !== undefined || unguarded;
  }

  /** The 412 that tells the most: one that is open, or else the last one. */
  function refusal(): GraphError | undefined {
    return openRefusal(refusals) ?? refusals.at(-1)?.failure;
  }
}

function isEmpty(patch: InstallSummaryPatch): boolean {
  return Object.keys(patch).length === 0;
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
  { onConflict, signal }: EditOptions,
): Promise<InstallSummaryEdit | undefined> {
  const decision = await untilAborted(
    () => onConflict?.(frozenCopy(conflicts), frozenCopy(onlySummary(current))),
    signal,
  );
  return decision === undefined ? undefined : parseEdit(decision, current.summary.id);
}
