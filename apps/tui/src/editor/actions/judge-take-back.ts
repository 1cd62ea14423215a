import { takeBack, type TakingBack } from "../../changes/take-back.ts";
import type { KnownApp } from "../../words/known-app.ts";
import { versionText } from "../../words/version-text.ts";
import { findApp } from "../model/app-list.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { MadeChange } from "../model/made-change.ts";
import { isStale } from "../model/review.ts";
import { isPending } from "../model/shown-app.ts";
import { unreadVersion } from "../model/unread-version.ts";

/**
 * Why a change is left out of taking changes back: `part` is some counters of it that were changed since. An app that `waits`
 * has a change of its own that is not certain; of one that is `unread` the log has a newer version than was read.
 */
export type LeftOut = "changed" | "part" | "there" | "waits" | "unlisted" | "unread" | "created";

/** What taking a change back comes to: what the history says before `u`, and what `u` does. */
export type TakeBackVerdict =
  /** Where some of its counters were changed since, the others are staged. */
  | {
      readonly kind: "stages";
      readonly leftOut: "part" | undefined;
      readonly app: KnownApp;
      readonly effect: TakingBack;
    }
  /** None of its counters is as it left it; `text` says so in a sentence. */
  | {
      readonly kind: "nothing";
      readonly leftOut: LeftOut;
      readonly text: string;
      readonly effect: TakingBack;
    }
  /** Something else comes first, or it has no earlier values; `text` says what. */
  | { readonly kind: "refused"; readonly leftOut: LeftOut; readonly text: string };

/** Judges taking a change back, by what is known of its app; also where changes are forbidden, and no key takes it back. */
export function judgeTakeBack(state: EditorState, change: MadeChange): TakeBackVerdict {
  const app = findApp(state.list, change.appId);
  if (app === undefined) return no("unlisted", "This app is not in the list: R in the list reads it again.");
  if (isPending(state, app.id))
    return no("waits", "R in the list finds out first: this app's change may have been applied.");
  const unread = unreadVersion(state, app.id);
  if (unread !== undefined) {
    const text = `Nothing staged: the log has version ${unread.logged}, and the server responded with ${versionText(unread.read)}. u reads it again.`;
    return no("unread", text);
  }
  const staged = state.staging.apps.get(app.id);
  if (staged !== undefined && isStale(state, staged))
    return no("changed", "R in the review comes first: this app has changed since its edits.");
  const effect = takeBack(change, app.installSummary);
  if (effect.counters.length === 0)
    return no("created", "This change created the app: there are no earlier values.");
  const isPart = effect.counters.some(({ kind }) => kind === "overwritten");
  if (editedCounters(effect.patch).length > 0)
    return { kind: "stages", leftOut: isPart ? "part" : undefined, app, effect };
  const [leftOut, why] = isPart
    ? (["changed", "other values were set since"] as const)
    : (["there", "the earlier values are there already"] as const);
  return { kind: "nothing", leftOut, text: `Nothing to take back: ${why}.`, effect };
}

function no(leftOut: LeftOut, text: string): TakeBackVerdict {
  return { kind: "refused", leftOut, text };
}
