import { appIdentity } from "../../words/app-identity.ts";
import { capitalized } from "../../words/capitalized.ts";
import { changedBy } from "../../words/changed-by.ts";
import { formatCount } from "../../words/format-count.ts";
import { replacedNote } from "../../words/replaced-text.ts";
import { unmarkedText } from "../../words/unmarked-text.ts";
import { thereNowText, versionText } from "../../words/version-text.ts";
import { findApp } from "../model/app-list.ts";
import { whoChanged } from "../model/changers.ts";
import { isOpen } from "../model/conflicts.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedSummary } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import {
  appsToRead,
  isSendable,
  isStale,
  requestsOf,
  reviewLines,
  warningsOf,
  type ReviewLine,
} from "../model/review.ts";
import { isReadFirst } from "../model/shown-app.ts";
import { replacedEdits } from "../model/replaced-edits.ts";
import { stagedMove } from "../model/shown-moves.ts";
import { takenBackBy, takenText, type StagedApp } from "../model/staging.ts";
import { counted } from "../view/counted.ts";
import { hostOf } from "../view/list/header-line.ts";
import { warningText } from "../view/review/warning-text.ts";
import { amountText } from "./amount-text.ts";
import { spoken } from "./spoken.ts";

/** What would be sent, line by line with its number, and what can be said next. */
export function plainReview(state: EditorState): readonly string[] {
  const lines = reviewLines(state.staging);
  if (lines.length === 0)
    return [`Nothing to send. Type ${state.staging.done.length === 0 ? "" : "undo, or "}back.`];
  const apps = [...state.staging.apps.values()].flatMap((staged) => [
    headText(state, staged),
    ...lines.flatMap((line, place) =>
      line.appId === staged.app.id && !staged.leftOut ? [`${place + 1}. ${lineText(state, line)}`] : [],
    ),
  ]);
  const { why, words } = nextOf(state);
  const all = [...words, "drop 1", ...(state.staging.apps.size === 1 ? ["json"] : [])];
  return [...apps, ...why, `Type ${all.join(", ")}, or back.`];
}

/** Why nothing can be sent, if so, and what comes first: sending, or what it waits for. The request, `json`, is one app's. */
function nextOf(state: EditorState): { readonly why: readonly string[]; readonly words: readonly string[] } {
  const included = [...state.staging.apps.values()].filter(({ leftOut }) => !leftOut);
  const isUndecided = included.some(isOpen);
  const isRead = appsToRead(state).some(({ leftOut }) => !leftOut);
  const waiting = [...(isUndecided ? ["enter"] : []), ...(isRead ? ["again"] : [])];
  if (state.isReadOnly) return { why: ["Read-only: nothing is sent."], words: waiting };
  if (requestsOf(state).length > 0) return { why: [], words: ["send", ...waiting] };
  const why = [
    ...(isUndecided ? ["enter shows what was changed meanwhile, for you to decide"] : []),
    ...(isRead ? ["again reads what was changed, or sent, meanwhile"] : []),
    ...(included.length === 0 ? ["every app is left out"] : []),
  ];
  return { why: [`Nothing can be sent${why.length === 0 ? "" : `: ${why.join("; ")}`}.`], words: waiting };
}

/** The question before anything is sent; undefined where nothing can be. */
export function sendQuestion(state: EditorState): string | undefined {
  const apps = requestsOf(state).length;
  if (apps === 0 || state.isReadOnly) return undefined;
  const lines = reviewLines(state.staging).filter(({ staged }) => isSendable(state, staged)).length;
  return `Send ${counted(lines, "change")} to ${counted(apps, "app")} on ${hostOf(state.baseUrl)}? Type yes.`;
}

function headText(state: EditorState, staged: StagedApp): string {
  const { app, leftOut, pending } = staged;
  const name = appIdentity(app);
  if (leftOut) return `${name}: left out, stays staged.`;
  if (isReadFirst(state, app.id))
    return `${name}: was sent and may have been applied. again finds out before it can be sent again:`;
  if (pending !== undefined)
    return `${name}: was sent and may have been applied. It is sent again as it was:`;
  const now = thereNowText(app.etag, findApp(state.list, app.id)?.etag);
  const base =
    app.etag === undefined ? ", no version: the last writer wins" : `, based on ${versionText(app.etag)}`;
  const head = isStale(state, staged) ? `: ${now}. again reads it before it can be sent` : base;
  return `${[name + head, ...earlierTexts(state, staged)].join(". ")}:`;
}

/** What is known of a change from before it was staged like that. */
function earlierTexts({ drafts }: EditorState, staged: StagedApp): readonly string[] {
  const unmarked = drafts.unmarked.get(staged.app.id);
  const taken = takenBackBy(staged);
  return [
    ...(unmarked === undefined ? [] : [`${capitalized(unmarkedText(unmarked))}; it is sent all the same`]),
    ...(staged.wasOvertaken
      ? ["It was sent on an older version before, and may have been applied there"]
      : []),
    ...(taken === undefined ? [] : [`It takes back ${takenText(taken)}`]),
  ];
}

function lineText({ changers, staging }: EditorState, { counter, staged }: ReviewLine): string {
  const { app, edits, contested } = staged;
  const after = editedSummary(app.installSummary, edits);
  const by = amountText(edits[counter]);
  const typedOn = contested[counter];
  const how = ` from ${formatCount(typedOn ?? 0)} to ${formatCount(app.installSummary[counter])}`;
  const who = whoChanged(changers, [stagedMove(staged)]);
  const changed = typedOn === undefined ? "" : ` ${capitalized(changedBy(who, "it", { how }))}.`;
  const warned = warningsOf(staged)
    .filter((one) => one.counter === counter)
    .map(({ warning }) => ` Looks odd: ${warningText(warning, app.installSummary, after)}.`)
    .join("");
  const typed = replacedEdits(staging, staged)[counter];
  const place =
    typed === undefined ? "" : ` ${spoken(`${capitalized(replacedNote(typed))}: u brings it back.`)}`;
  const label = describeCounter(counter).label.toLowerCase();
  return `${label} ${formatCount(app.installSummary[counter])} to ${formatCount(after[counter])}${by}.${changed}${place}${warned}`;
}
