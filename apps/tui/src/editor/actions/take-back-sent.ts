import { counterNames } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import type { EditorState } from "../model/editor-state.ts";
import { countsAsApplied, isOpenStatus, wasApplied, type SentStatus } from "../model/send-status.ts";
import type { SendItem } from "../model/sending.ts";
import { isPending } from "../model/shown-app.ts";
import { say, transition, type Transition } from "../model/transition.ts";
import type { MadeChange } from "../model/made-change.ts";
import { takeBackAsRead } from "./take-back-read.ts";

/**
 * Stages what takes back the sent change of one item, or of all of them, and opens the review. Beside changes that were applied,
 * those that may have been are named as left out.
 */
export function takeBackSent(state: EditorState, items: readonly SendItem[]): Transition {
  const applied = items.filter(({ status }) => wasApplied(status));
  const open = items.filter(({ app, status }) => isOpenStatus(status) && isPending(state, app.id));
  if (applied.length > 0) return takeBackAsRead(state, [...applied, ...open].map(changeOf));
  const isOpen = items.some(({ status }) => isOpenStatus(status));
  const why = isOpen ? "It is open whether this was applied" : "This change was not applied";
  return transition(say(state, `${why}: there is nothing to take back.`));
}

/** The change that an item has made, or may have. */
function changeOf({ app, patch, status }: SendItem): MadeChange {
  const before = Object.fromEntries(
    counterNames.flatMap((name) => (patch[name] === undefined ? [] : [[name, app.installSummary[name]]])),
  );
  const version = wasApplied(status) ? madeVersion(app, status) : undefined;
  return { app, appId: app.id, version, mayBeOthers: countsAsApplied(status), before, after: patch };
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
