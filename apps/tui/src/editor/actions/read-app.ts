import type { InstallSummaryEdit } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import type { EditorState } from "../model/editor-state.ts";
import type { ReadAppEffect } from "../model/effect.ts";
import type { ReadPurpose } from "../model/event.ts";
import type { Failure } from "../../server/failure.ts";
import { editsOf } from "../model/shown-app.ts";
import { sentBy, type SentDraft } from "../../changes/drafts/draft.ts";

/**
 * Reads an app. What became of a change of it that is staged, or found as a draft, is looked up in the log as well, also
 * where others have overtaken it: a log that could not be read then may tell now. `failures` are what came of a change that
 * is being sent: where the server itself says that it was not applied, no log is asked.
 */
export function readAppEffect(
  state: EditorState,
  purpose: ReadPurpose,
  appId: string,
  failures: readonly Failure[] = [],
): ReadAppEffect {
  const isTold = failures.some(({ notApplied }) => notApplied === true);
  const sent = isTold ? undefined : requestOf(pendingOf(state, appId));
  return { kind: "readApp", purpose, appId, askedAt: state.eventCount, ...(sent && { sent }) };
}

/** Reads an app for the person, who had these edits of it when asking for that. */
export function refreshEffect(
  state: EditorState,
  appId: string,
  edits: InstallSummaryEdit = editsOf(state, appId),
): ReadAppEffect {
  return { ...readAppEffect(state, "refresh", appId), edits };
}

function pendingOf(state: EditorState, appId: string): SentDraft | undefined {
  const staged = state.staging.apps.get(appId);
  // The newest comes first.
  const kept = staged ?? state.drafts.found.find(({ draft }) => draft.app.id === appId)?.draft;
  return kept && sentBy(kept);
}

/** How a log knows a change; undefined where no version guards it. */
function requestOf(pending: SentDraft | undefined): ReadAppEffect["sent"] {
  const ifMatch = pending?.change.etag;
  if (pending === undefined || ifMatch === undefined || parseETagVersion(ifMatch) === undefined)
    return undefined;
  return { ifMatch, clientRequestId: pending.clientRequestId, patch: pending.change.patch };
}
