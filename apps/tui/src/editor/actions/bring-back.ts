import type { DraftsClaimed, DraftsFound } from "../../changes/drafts/draft-news.ts";
import { visibleText } from "@install-summary/core/text";
import { bringable, withDrafts } from "../model/found-drafts.ts";
import type { EditorState } from "../model/editor-state.ts";
import { reveal } from "../model/list-moves.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { readAgainEffect } from "./read-again.ts";

/** Looks for drafts once the server has responded: the token that it took names the tenant whose drafts they are. */
export function seekDrafts(state: EditorState): Transition {
  if (state.drafts.wereSought || state.link.kind !== "online") return transition(state);
  return transition({ ...state, drafts: { ...state.drafts, wereSought: true } }, { kind: "findDrafts" });
}

/** Ended editors have left drafts. What cannot be read is named once, and left alone. */
export function draftsFound(state: EditorState, { drafts, newer, broken }: DraftsFound): EditorState {
  const found = { ...state, drafts: { ...state.drafts, found: drafts } };
  const leftAlone = [
    ...newer.map((file) => `A newer version of this program has written the draft ${named(file)}.`),
    ...broken.map((file) => `${named(file)} is not a draft that can be read.`),
  ];
  const [first] = leftAlone;
  if (first === undefined) return found;
  const more = leftAlone.length > 1 ? `, and ${leftAlone.length - 1} more` : "";
  return say(found, `${first} It is left as it is${more}.`, "wrong");
}

function named(file: string): string {
  return visibleText(file, 300);
}

/** Shows the drafts that were found as soon as the person is in the list, and nothing else is asked. */
export function offerDrafts(state: EditorState): EditorState {
  const isFree = state.screen.name === "list" && state.question === undefined;
  if (!isFree || state.drafts.found.length === 0) return state;
  return { ...state, screen: { name: "drafts", line: 0 } };
}

/** Takes the drafts with these keys over. Nothing else is done until that is decided. */
export function claim(state: EditorState, keys: readonly string[]): Transition {
  if (keys.length === 0) {
    return transition(say(state, "The app has newer edits: this draft stays on disk, x throws it away."));
  }
  const drafts = { ...state.drafts, isClaiming: true };
  return transition({ ...state, drafts }, { kind: "claimDrafts", keys });
}

/** Brings back all drafts that can be. */
export function claimAll(state: EditorState): Transition {
  return claim(
    state,
    bringable(state).map(({ key }) => key),
  );
}

/** Brings back one draft. */
export function claimOne(state: EditorState, key: string): Transition {
  return claim(
    state,
    bringable(state).flatMap((found) => (found.key === key ? [key] : [])),
  );
}

/** The drafts are staged again. What was sent is read: only that tells what became of it. */
export function draftsClaimed(state: EditorState, { drafts, keys, reason }: DraftsClaimed): Transition {
  const found = state.drafts.found.filter(({ key }) => !keys.includes(key));
  const known = { ...state.drafts, isClaiming: false, found };
  const staged = { ...state, staging: withDrafts(state, drafts), drafts: known };
  const left = bringable(staged);
  const shown = left.length > 0 ? staged : leaveDrafts(staged);
  const [first] = drafts;
  const app = first === undefined ? undefined : shown.staging.apps.get(first.app.id)?.app;
  const list = app === undefined ? shown.list : reveal(shown.list, app, shown.staging);
  const sent = drafts.filter(({ pending }) => pending !== undefined);
  const told = say({ ...shown, list }, claimedText(drafts.length, keys.length, sent.length, reason));
  return transition(told, ...sent.map((draft) => readAgainEffect(told, draft.app.id)));
}

function claimedText(count: number, wanted: number, sent: number, reason: string | undefined): string {
  const back = count === 1 ? "1 draft is staged again" : `${count} drafts are staged again`;
  const read = sent === 0 ? "" : ` ${sent === 1 ? "1 was" : `${sent} were`} sent: that is read first.`;
  if (count === wanted) return `${back}; s shows what would be sent.${read}`;
  const isOne = wanted - count === 1;
  const why =
    reason === undefined
      ? `${isOne ? "is" : "are"} in another terminal already`
      : `cannot be brought back: ${reason}`;
  return `${count === 0 ? "" : `${back}. `}${wanted - count} ${why}.${read}`;
}

/** Leaves the drafts as they are; the next start offers them again. */
export function keepForLater(state: EditorState): EditorState {
  const count = state.drafts.found.length;
  const what =
    count === 1
      ? "1 draft stays on disk: the next start offers it."
      : `${count} drafts stay on disk: the next start offers them.`;
  return say(leaveDrafts(state), what);
}

/** Throws drafts away. */
export function throwAway(state: EditorState, keys: readonly string[]): Transition {
  const found = state.drafts.found.filter(({ key }) => !keys.includes(key));
  const gone = state.drafts.found.length - found.length;
  const left = { ...state, drafts: { ...state.drafts, found } };
  const shown = found.length === 0 ? leaveDrafts(left) : left;
  const wasSent = state.drafts.found.some(
    ({ key, draft }) => keys.includes(key) && draft.pending !== undefined,
  );
  const sent = wasSent ? " What was sent may still have been applied." : "";
  const text = `${gone === 1 ? "1 draft was" : `${gone} drafts were`} thrown away.${sent}`;
  return transition(say(shown, text, wasSent ? "wrong" : "plain"), { kind: "discardDrafts", keys });
}

/** Back to the list. Drafts that were not decided on stay on disk. */
function leaveDrafts(state: EditorState): EditorState {
  const left = { ...state, drafts: { ...state.drafts, found: [] } };
  return state.screen.name === "drafts" ? { ...left, screen: { name: "list" } } : left;
}
