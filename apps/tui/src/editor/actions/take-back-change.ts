import type { InstallSummaryEdit } from "@install-summary/core";
import type { TakingBack } from "../../changes/take-back.ts";
import { appTitle } from "../../words/app-identity.ts";
import { counterLabel } from "../../words/change-words.ts";
import { replacedText } from "../../words/replaced-text.ts";
import { timeOfReading } from "../model/app-list.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { MadeChange } from "../model/made-change.ts";
import { replacedBy } from "../model/replaced-edits.ts";
import { decisionsOf, stageEdits } from "../model/staging.ts";
import { say, sayWhole } from "../model/transition.ts";
import { judgeTakeBack, type LeftOut } from "./judge-take-back.ts";
import { openReview } from "./open-screen.ts";

/** Stages what takes a change back, and opens the review: nothing leaves before `y`. */
export function takeBackChange(state: EditorState, change: MadeChange): EditorState {
  const staged = stageInverse(state, change);
  return staged.isStaged ? reviewOf(staged.state, change.appId) : staged.state;
}

/** The editor with what takes a change back, or with a word on why there is nothing. */
export interface StagedInverse {
  readonly state: EditorState;
  readonly isStaged: boolean;
  readonly leftOut?: LeftOut | undefined;
  /** The edits that it has come in place of. */
  readonly replaced?: InstallSummaryEdit;
}

/** Stages what takes a change back, as far as its counters are as it left them. */
export function stageInverse(state: EditorState, change: MadeChange): StagedInverse {
  const verdict = judgeTakeBack(state, change);
  const { leftOut } = verdict;
  if (verdict.kind !== "stages")
    return { state: say(state, verdict.text, "wrong"), isStaged: false, leftOut };
  const { app, effect } = verdict;
  // What was typed on other counters stays; of the same ones it is said what is replaced, which u brings back.
  const replaced = replacedBy(state.staging.apps.get(app.id), effect.patch);
  const takesBack = { version: change.version, patch: effect.patch };
  const staging = stageEdits(
    state.staging,
    app,
    decisionsOf(effect.patch),
    timeOfReading(state.list, app.id),
    takesBack,
  );
  const text = `${stagedText(effect, replaced, change)} (${appTitle(app)})`;
  return { state: sayWhole({ ...state, staging }, text), isStaged: true, leftOut, replaced };
}

/** How many counters are left out comes before what is replaced, which its line of the review says too. */
function stagedText(
  { counters }: TakingBack,
  replaced: InstallSummaryEdit,
  { mayBeOthers }: MadeChange,
): string {
  const [first, ...others] = counters.filter(({ kind }) => kind === "overwritten");
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  const left = first === undefined ? "" : `Left out: ${counterLabel(first.counter)}${more}, changed since.`;
  const place = replacedText(replaced);
  const staged = place === "" ? ["Staged: what takes it back. y sends it.", left] : [left, `Staged${place}.`];
  const facts = mayBeOthers === true ? ["It may be someone else's.", ...staged] : staged;
  return facts.filter((fact) => fact !== "").join(" ");
}

/** The review with the first counter that is taken back under the cursor. */
export function reviewOf(state: EditorState, appId: string): EditorState {
  const { notice } = state;
  const first = editedCounters(state.staging.apps.get(appId)?.edits ?? {})[0];
  return { ...openReview({ ...state, counter: first ?? state.counter }, appId), notice };
}
