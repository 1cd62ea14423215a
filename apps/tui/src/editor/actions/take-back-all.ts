import { appTitle } from "../../words/app-identity.ts";
import { failureText } from "../../words/failure-text.ts";
import { formatCount } from "../../words/format-count.ts";
import { editedCounters } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { FailedReadings, MadeChange } from "../model/made-change.ts";
import { say, sayWhole } from "../model/transition.ts";
import type { LeftOut } from "./judge-take-back.ts";
import { reviewOf, stageInverse } from "./take-back-change.ts";

/** Why a change is left out, those whose app could not be read apart from those that were read in an older version. */
type Reason = LeftOut | "notRead";

/** A change of which something is left out, and why. */
interface LeftChange {
  /** The name of its app. */
  readonly name: string;
  readonly why: Reason;
}

/** Stages what takes several changes back, each of its own app, and opens the review. `failed` is what could not be read for it. */
export function takeBackAll(
  state: EditorState,
  changes: readonly MadeChange[],
  failed: FailedReadings = new Map(),
): EditorState {
  let next = state;
  const staged: string[] = [];
  const left: LeftChange[] = [];
  const edited: string[] = [];
  for (const change of changes) {
    const { state: after, isStaged, leftOut, replaced = {} } = stageInverse(next, change);
    if (isStaged) next = after;
    if (isStaged) staged.push(change.appId);
    if (editedCounters(replaced).length > 0) edited.push(nameOf(change));
    const why = leftOut === "unread" && failed.has(change.appId) ? "notRead" : leftOut;
    if (why !== undefined) left.push({ name: nameOf(change), why });
  }
  const names = left.map(({ name }) => name).join(", ");
  const [first] = staged;
  const failure = [...failed.values()].at(-1);
  const said = failure === undefined ? [] : [failureText(failure, "app")];
  if (first === undefined) {
    const isUnread = left.some(({ why }) => why === "unread" || why === "notRead");
    const again = isUnread ? ["U tries again."] : [];
    return say(
      state,
      [`Nothing staged: ${leftCounts(left)} (${names}).`, ...said, ...again].join(" "),
      "wrong",
    );
  }
  const isAll = left.length === 0;
  const what = isAll
    ? "the sent changes"
    : `${formatCount(staged.length)} of ${formatCount(changes.length)} changes`;
  const count = formatCount(edited.length);
  const others = changes.filter(
    ({ appId, mayBeOthers }) => mayBeOthers === true && staged.includes(appId),
  ).length;
  // What it replaces comes before the reasons, and all numbers before the first name: where room is short, the end is cut.
  const facts = [
    `Staged: what takes ${what} back.`,
    ...(edited.length === 0 ? [] : [`${count} in place of edits of yours: u brings them back.`]),
    ...(isAll ? [] : [`Left out: ${leftCounts(left)}.`]),
    ...(others === 0 ? [] : [`${formatCount(others)} of them may be someone else's.`]),
    "y sends it.",
  ];
  const named = [
    ...(isAll ? [] : [`left out: ${names}`]),
    ...(edited.length === 0 ? [] : [`in place of yours: ${edited.join(", ")}`]),
  ];
  const text = [...facts, ...(named.length === 0 ? [] : [`(${named.join("; ")})`]), ...said].join(" ");
  return reviewOf(isAll ? sayWhole(next, text) : say(next, text, "wrong"), first);
}

function nameOf({ app, appId }: MadeChange): string {
  return app === undefined ? appId : appTitle(app);
}

/** What is said of each, in this order. */
const words: Readonly<Record<Reason, string>> = {
  changed: "changed since",
  part: "changed in part",
  waits: "not settled yet",
  notRead: "could not be read",
  unread: "older than the log",
  unlisted: "not in the list",
  there: "as before already",
  created: "created by it",
};

/** How many are left out, and why. */
function leftCounts(left: readonly LeftChange[]): string {
  return Object.entries(words)
    .flatMap(([reason, word]) => {
      const count = left.filter(({ why }) => why === reason).length;
      return count === 0 ? [] : [`${formatCount(count)} ${word}`];
    })
    .join(", ");
}
