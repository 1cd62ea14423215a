import { appTitle } from "../../words/app-identity.ts";
import { formatCount } from "../../words/format-count.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { MadeChange } from "../model/made-change.ts";
import { say, sayWhole } from "../model/transition.ts";
import type { LeftOut } from "./judge-take-back.ts";
import { reviewOf, stageInverse } from "./take-back-change.ts";

/** A change of which something is left out, and why. */
interface LeftChange {
  /** The name of its app. */
  readonly name: string;
  readonly leftOut: LeftOut;
}

/** Stages what takes several changes back, each of its own app, and opens the review. */
export function takeBackAll(state: EditorState, changes: readonly MadeChange[]): EditorState {
  let next = state;
  const staged: string[] = [];
  const left: LeftChange[] = [];
  const edited: string[] = [];
  for (const change of changes) {
    const { state: after, isStaged, leftOut, replaced = {} } = stageInverse(next, change);
    if (isStaged) next = after;
    if (isStaged) staged.push(change.appId);
    if (editedCounters(replaced).length > 0) edited.push(nameOf(change));
    if (leftOut !== undefined) left.push({ name: nameOf(change), leftOut });
  }
  const names = left.map(({ name }) => name).join(", ");
  const [first] = staged;
  if (first === undefined) return say(state, `Nothing staged: ${leftCounts(left)} (${names}).`, "wrong");
  const isAll = left.length === 0;
  const what = isAll
    ? "the sent changes"
    : `${formatCount(staged.length)} of ${formatCount(changes.length)} changes`;
  const count = formatCount(edited.length);
  // All numbers come before the first name: where room is short a name is cut, and no number.
  const facts = [
    `Staged: what takes ${what} back.`,
    ...(isAll ? [] : [`Left out: ${leftCounts(left)}.`]),
    ...(edited.length === 0 ? [] : [`${count} in place of edits of yours: u brings them back.`]),
    "y sends it.",
  ];
  const named = [
    ...(isAll ? [] : [`left out: ${names}`]),
    ...(edited.length === 0 ? [] : [`in place of yours: ${edited.join(", ")}`]),
  ];
  const text = [...facts, ...(named.length === 0 ? [] : [`(${named.join("; ")})`])].join(" ");
  return reviewOf(isAll ? sayWhole(next, text) : say(next, text, "wrong"), first);
}

function nameOf({ app, appId }: MadeChange): string {
  return app === undefined ? appId : appTitle(app);
}

const words: readonly (readonly [LeftOut, string])[] = [
  ["changed", "changed since"],
  ["part", "changed in part"],
  ["waits", "not settled yet"],
  ["unread", "not read"],
  ["unlisted", "not in the list"],
  ["there", "as before already"],
  ["created", "created by it"],
];

/** How many are left out, and why. */
function leftCounts(left: readonly LeftChange[]): string {
  return words
    .flatMap(([kind, why]) => {
      const count = left.filter(({ leftOut }) => leftOut === kind).length;
      return count === 0 ? [] : [`${formatCount(count)} ${why}`];
    })
    .join(", ");
}
