import { cutStart } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import { formatCount } from "../../../words/format-count.ts";
import { editedCounters } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import {
  isSendable,
  isStale,
  requestsOf,
  reviewLines,
  warningsOf,
  type ReviewLine,
} from "../../model/review.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, spread, type Line } from "../line.ts";
import { hostOf } from "../list/header-line.ts";

/** Between what stands side by side. */
const gap = 2;
/** How much of the end of a long host tells it from others. */
const shortHost = 12;
const nothing = " Nothing to send";
const readOnly = " Read-only: nothing is sent";

/**
 * What is asked, which server it goes to, and what is to be known before the reply. What is odd, or changed by others, may be on
 * a line that is not on the screen, so that its count never gives way: first the place of the cursor does, then which apps stay,
 * then words of the question, then the beginning of the host. Where nothing is sent the host matters least: it gives way to the
 * apps that are left out, which are the reason.
 */
export function reviewTitle(
  state: EditorState,
  current: ReviewLine | undefined,
  glyphs: Glyphs,
  width: number,
): Line {
  const questions = questionsOf(state);
  const [question = ""] = questions;
  const counts = countFacts(state, glyphs);
  const out = outFacts(state);
  const host = hostOf(state.baseUrl);
  const choices: readonly Choice[] = [
    { text: question, host, facts: [...out, ...counts, ...positionFacts(state, current)] },
    { text: question, host, facts: [...out, ...counts] },
    ...(questions.length === 1 ? [{ text: question, host: "", facts: [...out, ...counts] }] : []),
    ...questions.map((text) => ({ text, host, facts: counts })),
  ];
  const titles = choices.map((choice) => drawTitle(choice, glyphs, width));
  return (titles.find(({ isEnough }) => isEnough) ?? titles.at(-1))?.drawn ?? [];
}

/** What a title may say. */
interface Choice {
  readonly text: string;
  /** Empty where it is left out. */
  readonly host: string;
  readonly facts: readonly string[];
}

/** Draws a title; `isEnough` where there is room for its words and its facts, and for enough of its host. */
function drawTitle(
  { text, host, facts }: Choice,
  { dot, ellipsis }: Glyphs,
  width: number,
): { readonly isEnough: boolean; readonly drawn: Line } {
  const joined = facts.join(` ${dot} `);
  const right = joined === "" ? [] : line(dim(`${joined} `));
  const room = width - text.length - (joined === "" ? 0 : gap + widthOf(joined) + 1);
  const shown = cutHost(host, room - gap, ellipsis);
  const left = line(bold(text), host === "" ? undefined : dim(" ".repeat(gap) + shown));
  const isEnough = room >= 0 && widthOf(shown) >= Math.min(widthOf(host), shortHost);
  return { isEnough, drawn: spread(left, right, width, ellipsis) };
}

/** Cuts the beginning of a host. What is left of a number would be read as another one. */
function cutHost(host: string, width: number, ellipsis: string): string {
  const shown = cutStart(host, width, ellipsis);
  return shown === host || shown === "" ? shown : ellipsis + shown.slice(ellipsis.length).replace(/^\d+/, "");
}

/** The question, from all its words to the fewest. */
function questionsOf(state: EditorState): readonly string[] {
  const lines = reviewLines(state.staging).filter(({ staged }) => isSendable(state, staged)).length;
  if (lines === 0) return [nothing];
  if (state.isReadOnly) return [readOnly];
  const changes = counted(lines, "change");
  const apps = counted(requestsOf(state).length, "app");
  return [` Send ${changes} to ${apps}?`, ` Send ${changes}?`, ` Send ${formatCount(lines)}?`];
}

/** What others have changed, and what looks odd. */
function countFacts(state: EditorState, { differs }: Glyphs): readonly string[] {
  const included = [...state.staging.apps.values()].filter(({ leftOut }) => !leftOut);
  const odd = included.reduce((sum, staged) => sum + warningsOf(staged).length, 0);
  const stale = included.filter((staged) => isStale(state, staged)).length;
  const contested = included.reduce((sum, staged) => sum + editedCounters(staged.contested).length, 0);
  const differing = stale + contested;
  return [
    ...(differing === 0 ? [] : [`${formatCount(differing)} ${differs}`]),
    ...(odd === 0 ? [] : [`${formatCount(odd)} !`]),
  ];
}

function outFacts({ staging }: EditorState): readonly string[] {
  const out = [...staging.apps.values()].filter(({ leftOut }) => leftOut).length;
  return out === 0 ? [] : [`${counted(out, "app")} left out`];
}

function positionFacts({ staging }: EditorState, current: ReviewLine | undefined): readonly string[] {
  const lines = reviewLines(staging);
  if (lines.length < 2) return [];
  const at = lines.findIndex((one) => one.appId === current?.appId && one.counter === current.counter);
  return [`line ${formatCount(at + 1)} of ${formatCount(lines.length)}`];
}
