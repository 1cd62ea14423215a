import type { InstallSummaryEdit } from "@install-summary/core";
import { takeBack, type TakingBack } from "../../changes/take-back.ts";
import { appTitle } from "../../words/app-identity.ts";
import { counterLabel } from "../../words/change-words.ts";
import { replacedText } from "../../words/replaced-text.ts";
import { findApp, timeOfReading } from "../model/app-list.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { MadeChange } from "../model/made-change.ts";
import { replacedBy } from "../model/replaced-edits.ts";
import { isStale } from "../model/review.ts";
import { isPending } from "../model/shown-app.ts";
import { decisionsOf, stageEdits } from "../model/staging.ts";
import { say, sayWhole, transition, type Transition } from "../model/transition.ts";
import { sayPending } from "./edit-counters.ts";
import { openReview } from "./open-screen.ts";

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

/**
 * What is left out of taking a change back: `part` is some counters of it that were changed since. An app that `waits` has a
 * change of its own that is not certain.
 */
export type LeftOut = "changed" | "part" | "there" | "waits" | "unlisted" | "created";

/** The editor with what takes a change back, or with a word on why there is nothing. */
export interface StagedInverse {
  readonly state: EditorState;
  readonly isStaged: boolean;
  readonly leftOut?: LeftOut;
  /** The edits that it has come in place of. */
  readonly replaced?: InstallSummaryEdit;
}

/** Stages what takes a change back, as far as its counters are as it left them. */
export function stageInverse(state: EditorState, change: MadeChange): StagedInverse {
  const no = (leftOut: LeftOut, text: string): StagedInverse => ({
    state: say(state, text, "wrong"),
    isStaged: false,
    leftOut,
  });
  const app = findApp(state.list, change.appId);
  if (app === undefined) return no("unlisted", "This app is not in the list: R in the list reads it again.");
  if (isPending(state, app.id))
    return { state: sayPending(state, app.id), isStaged: false, leftOut: "waits" };
  const staged = state.staging.apps.get(app.id);
  if (staged !== undefined && isStale(state, staged))
    return no("changed", "This app was changed since its edits were staged: R in the review comes first.");
  const { patch, counters } = takeBack(change, app.installSummary);
  if (counters.length === 0)
    return no("created", "This change created the app: there are no earlier values.");
  const left = counters.filter(({ kind }) => kind === "overwritten");
  if (editedCounters(patch).length === 0) {
    return left.length > 0
      ? no("changed", "Nothing to take back: other values were set since.")
      : no("there", "Nothing to take back: the earlier values are there already.");
  }
  // What was typed on other counters stays; of the same ones it is said what is replaced, which u brings back.
  const replaced = replacedBy(staged, patch);
  const takesBack = { version: change.version, patch };
  const staging = stageEdits(
    state.staging,
    app,
    decisionsOf(patch),
    timeOfReading(state.list, app.id),
    takesBack,
  );
  const [overwritten] = left;
  const more = left.length > 1 ? ` and ${left.length - 1} more` : "";
  const rest =
    overwritten === undefined ? "" : ` Left out: ${counterLabel(overwritten.counter)}${more}, changed since.`;
  const place = replacedText(replaced);
  const first = place === "" ? "Staged: what takes it back. y sends it." : `Staged${place}.`;
  const text = `${first}${rest} (${appTitle(app)})`;
  const done = { state: sayWhole({ ...state, staging }, text), isStaged: true, replaced };
  return left.length === 0 ? done : { ...done, leftOut: "part" };
}

/** The review with the first counter that is taken back under the cursor. */
export function reviewOf(state: EditorState, appId: string): EditorState {
  const { notice } = state;
  const first = editedCounters(state.staging.apps.get(appId)?.edits ?? {})[0];
  return { ...openReview({ ...state, counter: first ?? state.counter }, appId), notice };
}
