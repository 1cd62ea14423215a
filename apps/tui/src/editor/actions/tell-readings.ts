import { appTitle } from "../../words/app-identity.ts";
import { formatCount } from "../../words/format-count.ts";
import { isReadingForPerson } from "../model/asked.ts";
import type { EditorState, Notice } from "../model/editor-state.ts";
import type { ReadingNews, ToldReading } from "../model/reading-news.ts";
import { say, sayWhole } from "../model/transition.ts";

/** Says what reading an app came to. Of several since the person asked for it, what all of them came to. */
export function tellReading(state: EditorState, reading: ToldReading): EditorState {
  const told = [...state.told.filter(({ app }) => app.id !== reading.app.id), reading];
  // That the app under the cursor is as it was is worth one line; anything else names an app that may not be on the screen.
  const isNews = told.some(({ news }) => news !== "unchanged");
  const { text, tone } = wordsOf(told);
  const said = isNews && tone === "plain" ? sayWhole(state, text) : say(state, text, tone);
  return { ...said, told };
}

/**
 * Begins to tell what comes without the person: on its own, unless what the person has asked for is still being read or
 * what was told last still stands there, which it joins.
 */
export function beginTelling(state: EditorState): EditorState {
  const stands = state.told.length > 0 && state.notice?.text === wordsOf(state.told).text;
  return stands || isReadingForPerson(state) ? state : { ...state, told: [] };
}

/** A single one is told in words of its own. */
function wordsOf(told: readonly ToldReading[]): Pick<Notice, "text" | "tone"> {
  const [only, ...others] = told;
  return only !== undefined && others.length === 0 ? only.alone : noticeOf(told);
}

/** What comes first is said first. */
const order: readonly (readonly [ReadingNews, one: string, several: string])[] = [
  ["failed", "1 app not read", "# apps not read"],
  [
    "overtaken",
    "1 change overtaken, kept as the values that were sent",
    "# changes overtaken, kept as the values that were sent",
  ],
  ["unknown", "1 change may have been applied, edits wait", "# changes may have been applied, edits wait"],
  ["ruledOut", "1 change not applied, edits kept", "# changes not applied, edits kept"],
  [
    "ruledOutPartly",
    "1 change not applied, some of its values there already",
    "# changes not applied, some of their values there already",
  ],
  [
    "changedSince",
    "1 change applied, but its counters were changed since",
    "# changes applied, but their counters were changed since",
  ],
  [
    "changedSincePartly",
    "1 change applied, but its counters were changed since, some of what was typed since there already",
    "# changes applied, but their counters were changed since, some of what was typed since there already",
  ],
  [
    "valuesTherePartly",
    "1 change counts as applied, though its values may be someone else's, some of what was typed since there already",
    "# changes count as applied, though their values may be someone else's, some of what was typed since there already",
  ],
  [
    "valuesThere",
    "1 change counts as applied, though its values may be someone else's",
    "# changes count as applied, though their values may be someone else's",
  ],
  [
    "appliedPartly",
    "1 change applied, some of what was typed since there already",
    "# changes applied, some of what was typed since there already",
  ],
  [
    "partly",
    "1 app has some of your values already, other edits kept",
    "# apps have some of your values already, other edits kept",
  ],
  [
    "typedSince",
    "1 app has what was typed meanwhile, kept until it is read once more",
    "# apps have what was typed meanwhile, kept until they are read once more",
  ],
  ["moved", "1 staged app changed meanwhile, edits kept", "# staged apps changed meanwhile, edits kept"],
  ["changed", "1 app changed", "# apps changed"],
  ["applied", "1 change applied", "# changes applied"],
  ["thereAlready", "1 app has your values already", "# apps have your values already"],
  ["notApplied", "1 change not applied so far", "# changes not applied so far"],
];

/** What is wrong where it is told of any app. */
const wrong: ReadonlySet<ReadingNews> = new Set([
  "failed",
  "overtaken",
  "unknown",
  "ruledOut",
  "ruledOutPartly",
]);

/** How many apps came to what, then which: where room is short a name is cut, and no number. */
function noticeOf(told: readonly ToldReading[]): Pick<Notice, "text" | "tone"> {
  const groups = order.flatMap(([news, one, several]) => {
    const apps = told.filter((reading) => reading.news === news);
    if (apps.length === 0) return [];
    return [{ apps, words: apps.length === 1 ? one : several.replace("#", formatCount(apps.length)) }];
  });
  if (groups.length === 0)
    return { text: `${formatCount(told.length)} apps read again: unchanged.`, tone: "plain" };
  const names = groups.flatMap(({ apps }) => apps.map(({ app }) => appTitle(app)));
  const why = told.find((reading) => reading.why !== undefined)?.why;
  const text = `${groups.map(({ words }) => words).join("; ")}: ${names.join(", ")}.`;
  const isWrong = told.some(({ news }) => wrong.has(news));
  return { text: why === undefined ? text : `${text} ${why}`, tone: isWrong ? "wrong" : "plain" };
}
