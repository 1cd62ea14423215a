import { visibleText } from "@install-summary/core/text";
import type { DraftsDiscarded, DraftsFound } from "../../changes/drafts/draft-news.ts";
import { nothingFound } from "../model/drafts.ts";
import type { EditorState, Screen } from "../model/editor-state.ts";
import { mayBeApplied } from "../model/found-drafts.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { goneText } from "./claimed-text.ts";

/** Looks for drafts once the server has responded: the token that it took names the tenant whose drafts they are. */
export function seekDrafts(state: EditorState): Transition {
  if (state.drafts.wereSought || state.link.kind !== "online") return transition(state);
  return transition({ ...state, drafts: { ...state.drafts, wereSought: true } }, { kind: "findDrafts" });
}

/** Ended editors have left drafts. What cannot be read is named once, and left alone. */
export function draftsFound(state: EditorState, { drafts, newer, broken }: DraftsFound): EditorState {
  const found = { ...state, drafts: { ...state.drafts, ...nothingFound, found: drafts } };
  const leftAlone = [
    ...leftText(newer, "of a newer version of this program"),
    ...leftText(broken, "that cannot be read"),
  ];
  return leftAlone.length === 0 ? found : say(found, leftAlone.join(" "), "wrong");
}

/** How many drafts are left alone and why; the path of the first, which may be long, comes last. */
function leftText([first, ...others]: readonly string[], why: string): readonly string[] {
  if (first === undefined) return [];
  const path = visibleText(first, 300);
  return others.length === 0
    ? [`1 draft ${why} is left as it is: ${path}.`]
    : [`${others.length + 1} drafts ${why} are left as they are: ${path} and ${others.length} more.`];
}

/** Shows the drafts that were found as soon as the person is in the list, and nothing else is asked. */
export function offerDrafts(state: EditorState): EditorState {
  const isFree = state.screen.name === "list" && state.question === undefined;
  if (!isFree || state.drafts.found.length === 0) return state;
  return { ...state, screen: { name: "drafts", line: 0 } };
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

/** Throws drafts away. What came of it is said once the disk has done so: another editor may have taken them meanwhile. */
export function throwAway(state: EditorState, keys: readonly string[]): Transition {
  const drafts = { ...state.drafts, discarding: keys };
  return transition({ ...state, drafts }, { kind: "discardDrafts", keys });
}

/** Drafts were thrown away, or were gone already, or may still be there. */
export function draftsDiscarded(state: EditorState, { keys, gone, reason }: DraftsDiscarded): EditorState {
  const asked = state.drafts.found.filter(({ key }) => keys.includes(key));
  const known = { ...state, drafts: { ...state.drafts, discarding: [] } };
  if (asked.length === 0) return known;
  if (reason !== undefined) {
    return say(known, `${draftsText(asked.length)} may still be on disk: ${reason}.`, "wrong");
  }
  const found = state.drafts.found.filter(({ key }) => !keys.includes(key));
  const left = { ...known, drafts: { ...known.drafts, found } };
  const shown = found.length === 0 ? leaveDrafts(left) : left;
  const thrown = asked.filter(({ key }) => !gone.includes(key));
  const taken = asked.length - thrown.length;
  const wasSent = thrown.some((draft) => mayBeApplied(state, draft));
  const facts = [
    ...(thrown.length > 0
      ? [`${draftsText(thrown.length)} ${thrown.length === 1 ? "was" : "were"} thrown away.`]
      : []),
    ...(wasSent ? ["What was sent may still have been applied."] : []),
    ...(taken > 0 ? [goneText(draftsText(taken), taken)] : []),
  ];
  return say(shown, facts.join(" "), wasSent ? "wrong" : "plain");
}

function draftsText(count: number): string {
  return count === 1 ? "1 draft" : `${count} drafts`;
}

/** Back to the list. Drafts that were not decided on stay on disk. */
export function leaveDrafts(state: EditorState): EditorState {
  const { drafts } = state;
  const left = { ...state, drafts: { ...drafts, ...nothingFound, left: drafts.left + drafts.found.length } };
  return { ...left, screen: withoutDrafts(state.screen) };
}

/** The screen with the list in place of the drafts, also where these are one step back. */
function withoutDrafts(screen: Screen): Screen {
  if (screen.name === "drafts") return { name: "list" };
  return "back" in screen ? { ...screen, back: withoutDrafts(screen.back) } : screen;
}
