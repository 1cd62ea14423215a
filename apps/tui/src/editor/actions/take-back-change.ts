import { counterNames, type ChangedCounters } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import { takeBack, type TakingBack } from "../../changes/take-back.ts";
import { appTitle } from "../../words/app-identity.ts";
import { counterLabel } from "../../words/change-words.ts";
import { findApp, timeOfReading } from "../model/app-list.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { isStale } from "../model/review.ts";
import { hasChanged } from "../model/send-status.ts";
import type { SendItem, Sending } from "../model/sending.ts";
import { editsOf, isPending } from "../model/shown-app.ts";
import { stageEdits } from "../model/staging.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { sayPending } from "./edit-counters.ts";
import { openReview } from "./open-screen.ts";

/** A change of an app that was made. */
interface MadeChange extends ChangedCounters {
  readonly appId: string;
  /** The version that it made. */
  readonly version: number | undefined;
}

/** The effect of taking a change back on what is known of its app; undefined where nothing is known of it. */
export function effectOf(state: EditorState, change: MadeChange): TakingBack | undefined {
  const app = findApp(state.list, change.appId);
  return app && takeBack(change, app.installSummary);
}

/** Stages what takes a change back, and opens the review: nothing leaves before `y`. */
export function takeBackChange(state: EditorState, change: MadeChange): Transition {
  const staged = stageInverse(state, change);
  return transition(staged.isStaged ? reviewOf(staged.state, change.appId) : staged.state);
}

/** Stages what takes back the sent change of one item, or of all of them, and opens the review. */
export function takeBackSent(state: EditorState, items: readonly SendItem[]): Transition {
  const changes = items.flatMap(madeBy);
  const [only] = changes;
  if (only === undefined)
    return transition(say(state, "This change was not applied: there is nothing to take back."));
  if (changes.length === 1) return takeBackChange(state, only);
  let next = state;
  let first: string | undefined;
  for (const change of changes) {
    const { state: after, isStaged } = stageInverse(next, change);
    next = isStaged ? after : next;
    first ??= isStaged ? change.appId : undefined;
  }
  if (first === undefined)
    return transition(say(state, "Nothing to take back: all of it was changed since."));
  return transition(reviewOf(say(next, "Staged: what takes the sent changes back. y sends it."), first));
}

/** All items of a sending whose change was applied. */
export function appliedItems({ items }: Sending): readonly SendItem[] {
  return items.filter(({ status }) => hasChanged(status));
}

/** The change that an item has made; none where it was not applied. */
function madeBy({ app, patch, status }: SendItem): readonly MadeChange[] {
  if (!hasChanged(status)) return [];
  const before = Object.fromEntries(
    counterNames.flatMap((name) => (patch[name] === undefined ? [] : [[name, app.installSummary[name]]])),
  );
  return [{ appId: app.id, version: parseETagVersion(status.etag), before, after: patch }];
}

function stageInverse(
  state: EditorState,
  change: MadeChange,
): { readonly state: EditorState; readonly isStaged: boolean } {
  const no = (text: string): { readonly state: EditorState; readonly isStaged: boolean } => ({
    state: say(state, text, "wrong"),
    isStaged: false,
  });
  const app = findApp(state.list, change.appId);
  if (app === undefined) return no("This app is not in the list: R in the list reads it again.");
  if (isPending(state, app.id)) return { state: sayPending(state), isStaged: false };
  const staged = state.staging.apps.get(app.id);
  if (staged !== undefined && isStale(state, staged))
    return no("This app was changed since its edits were staged: R in the review comes first.");
  const { patch, counters } = takeBack(change, app.installSummary);
  if (counters.length === 0) return no("This change created the app: there are no earlier values.");
  if (editedCounters(patch).length === 0) return no(nothingLeft(counters));
  // What was typed on other counters stays; on the same ones u brings it back.
  const edits = { ...editsOf(state, app.id), ...patch };
  const takesBack = { version: change.version, patch };
  const staging = stageEdits(state.staging, app, edits, timeOfReading(state.list, app.id), takesBack);
  const left = counters.filter(({ kind }) => kind === "overwritten");
  const [first] = left;
  const more = left.length > 1 ? ` and ${left.length - 1} more` : "";
  const rest = first === undefined ? "" : ` Left out: ${counterLabel(first.counter)}${more}, changed since.`;
  const text = `Staged: what takes it back. y sends it.${rest} (${appTitle(app)})`;
  return { state: say({ ...state, staging }, text), isStaged: true };
}

function nothingLeft(counters: TakingBack["counters"]): string {
  const isOverwritten = counters.some(({ kind }) => kind === "overwritten");
  return isOverwritten
    ? "Nothing to take back: other values were set since."
    : "Nothing to take back: the earlier values are there already.";
}

function reviewOf(state: EditorState, appId: string): EditorState {
  const { notice } = state;
  const first = editedCounters(state.staging.apps.get(appId)?.edits ?? {})[0];
  return { ...openReview({ ...state, counter: first ?? state.counter }, appId), notice };
}
