import type { ListedChange } from "@install-summary/core/client";
import { nameOf } from "../../../words/app-name.ts";
import { shortId } from "../../../words/app-identity.ts";
import { changeActor, changeText } from "../../../words/change-words.ts";
import { timeText } from "../../../words/clock-time.ts";
import { platformCode, platformName } from "../../../words/platform.ts";
import { cutText } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import { findApp } from "../../model/app-list.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { narrow } from "../../model/layout.ts";
import type { Glyphs } from "../glyphs.ts";
import { outsideText } from "../outside-text.ts";
import { ownSigns } from "../own-signs.ts";

/** A name is cut down to this before its platform goes. */
const usualName = 12;
/** With the beginning of the id less of it is enough. */
const shortestName = 6;
/** A longer name of a person is cut. */
const longestActor = 30;

/**
 * What was changed last, by whom and when, in one row of `width` cells. The name of the app is cut first, then its platform
 * goes, then what says when, then who, then its id. The numbers stay: where even that is too much, it takes more rows.
 */
export function liveMessage(
  { list, now, size }: EditorState,
  latest: ListedChange,
  glyphs: Glyphs,
  width: number,
): { readonly text: string; readonly isWhole: boolean } {
  const own = (text: string): string => outsideText(ownSigns(text, glyphs), glyphs);
  const what = `: ${own(changeText(latest))}`;
  const through = latest.mine === true ? ` (${latest.origin})` : "";
  const by = ` by ${cutText(own(changeActor(latest)), longestActor, glyphs.ellipsis)}${through}`;
  const at = `, ${timeText(Date.parse(latest.changedAt), now)}`;
  // Where room is short what was changed says enough.
  const mark = size.columns < narrow ? "" : `live ${glyphs.dot} `;
  const { name, tails } = namesOf(findApp(list, latest.appId), latest, glyphs);
  const ends = [what + by + at, what + by, what];
  // The mark is worth less than the platform.
  const marked = tails.slice(0, Math.max(1, tails.length - 1));
  const choices = [
    ...marked.map((tail) => ({ start: mark, end: what + by + at, ...tail })),
    ...ends.flatMap((end) => tails.map((tail) => ({ start: "", end, ...tail }))),
    { start: "", end: what, tail: "", least: shortestName },
  ];
  const nameRoom = ({ start, end, tail }: (typeof choices)[number]): number =>
    width - widthOf(start + tail + end);
  const fitting = choices.find((choice) => nameRoom(choice) >= Math.min(widthOf(name), choice.least));
  if (fitting === undefined) return { text: cutText(name, usualName, glyphs.ellipsis) + what, isWhole: true };
  const { start, tail, end } = fitting;
  return { text: start + cutText(name, nameRoom(fitting), glyphs.ellipsis) + tail + end, isWhole: false };
}

/** The name of an app, and what tells it from others of its name, from the longest to the shortest. */
function namesOf(
  app: ReturnType<typeof findApp>,
  { appId, displayName }: ListedChange,
  glyphs: Glyphs,
): {
  readonly name: string;
  readonly tails: readonly { readonly tail: string; readonly least: number }[];
} {
  const known = app ?? { id: appId, displayName: displayName ?? null };
  const isNamed = nameOf(known) !== appId;
  const id = outsideText(shortId(known), glyphs);
  const behind = isNamed ? `  ${id}` : "";
  const platforms = app === undefined ? [] : [platformName(app), platformCode(app)];
  return {
    name: isNamed ? outsideText(nameOf(known), glyphs) : id,
    tails: [
      ...platforms.map((platform) => ({
        tail: ` ${glyphs.dot} ${outsideText(platform, glyphs)}${behind}`,
        least: usualName,
      })),
      { tail: behind, least: shortestName },
    ],
  };
}
