import { counterNames } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import { appTitle } from "../../words/app-identity.ts";
import { formatCount } from "../../words/format-count.ts";
import type { EditorState } from "../model/editor-state.ts";
import { isOpenStatus, wasApplied, type SentStatus } from "../model/send-status.ts";
import type { SendItem, Sending } from "../model/sending.ts";
import { editedCounters } from "../model/edit.ts";
import { say, sayWhole, transition, type Transition } from "../model/transition.ts";
import type { MadeChange } from "../model/made-change.ts";
import { reviewOf, stageInverse, type LeftOut } from "./take-back-change.ts";
import { takeBackAsRead } from "./take-back-read.ts";

/** A change that was sent, with the app that it was made on. */
interface SentChange extends MadeChange {
  readonly app: SendItem["app"];
}

/** A change of which something is left out, and why. */
interface LeftChange {
  readonly app: SendItem["app"];
  readonly leftOut: LeftOut;
}

/** Stages what takes back the sent change of one item, or of all of them, and opens the review. */
export function takeBackSent(state: EditorState, items: readonly SendItem[]): Transition {
  const changes = items.flatMap(madeBy);
  const [only] = changes;
  if (only === undefined) {
    const isOpen = items.some(({ status }) => isOpenStatus(status));
    const why = isOpen ? "It is open whether this was applied" : "This change was not applied";
    return transition(say(state, `${why}: there is nothing to take back.`));
  }
  return changes.length === 1 ? takeBackAsRead(state, only) : takeBackAll(state, changes);
}

/** All items of a sending whose change was applied. */
export function appliedItems({ items }: Sending): readonly SendItem[] {
  return items.filter(({ status }) => wasApplied(status));
}

function takeBackAll(state: EditorState, changes: readonly SentChange[]): Transition {
  let next = state;
  const staged: string[] = [];
  const left: LeftChange[] = [];
  const edited: string[] = [];
  for (const change of changes) {
    const { state: after, isStaged, leftOut, replaced = {} } = stageInverse(next, change);
    if (isStaged) next = after;
    if (isStaged) staged.push(change.appId);
    if (editedCounters(replaced).length > 0) edited.push(appTitle(change.app));
    if (leftOut !== undefined) left.push({ app: change.app, leftOut });
  }
  const [first] = staged;
  if (first === undefined) return transition(say(state, `Nothing to take back: ${leftText(left)}`, "wrong"));
  const place =
    edited.length === 0 ? "." : `, in place of edits of yours: ${edited.join(", ")}; u brings them back.`;
  if (left.length === 0) {
    const text = `Staged: what takes the sent changes back${place} y sends it.`;
    return transition(reviewOf(sayWhole(next, text), first));
  }
  const count = `${formatCount(staged.length)} of ${formatCount(changes.length)}`;
  const text = `Staged: what takes ${count} changes back${place} y sends it. Left out: ${leftText(left)}`;
  return transition(reviewOf(say(next, text, "wrong"), first));
}

const words: readonly (readonly [LeftOut, string])[] = [
  ["changed", "changed since"],
  ["part", "changed in part"],
  ["waits", "not settled yet"],
  ["unlisted", "not in the list"],
  ["there", "as before already"],
  ["created", "created by it"],
];

/** How many and why, then which: where room is short a name is cut, and no number. */
function leftText(left: readonly LeftChange[]): string {
  const groups = words.flatMap(([kind, why]) => {
    const apps = left.filter(({ leftOut }) => leftOut === kind).map(({ app }) => appTitle(app));
    return apps.length === 0 ? [] : [{ apps, text: `${formatCount(apps.length)} ${why}` }];
  });
  const names = groups.flatMap(({ apps }) => apps).join(", ");
  return `${groups.map(({ text }) => text).join(", ")} (${names}).`;
}

/** The change that an item has made; none where it was not applied. */
function madeBy({ app, patch, status }: SendItem): readonly SentChange[] {
  if (!wasApplied(status)) return [];
  const before = Object.fromEntries(
    counterNames.flatMap((name) => (patch[name] === undefined ? [] : [[name, app.installSummary[name]]])),
  );
  return [{ app, appId: app.id, version: madeVersion(app, status), before, after: patch }];
}

/**
 * The version that a change made: the one that follows its own. Where values alone tell that it was applied, and a later one is
 * there, that may be someone else's.
 */
function madeVersion(app: SendItem["app"], { how, isRecorded, etag }: SentStatus): number | undefined {
  const [guard, now] = [parseETagVersion(app.etag), parseETagVersion(etag)];
  if (guard === undefined) return how === "acknowledged" ? now : undefined;
  const isCertain = how === "changed since" || isRecorded === true;
  return isCertain || now === guard + 1 ? guard + 1 : undefined;
}
