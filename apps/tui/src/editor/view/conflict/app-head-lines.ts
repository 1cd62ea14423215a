import type { ListedChange } from "@install-summary/core/client";
import { changersTexts } from "../../../words/changers-text.ts";
import { shortVersion } from "../../../words/version-text.ts";
import { cutText } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import { narrow } from "../../model/layout.ts";
import type { StagedApp } from "../../model/staging.ts";
import type { Glyphs } from "../glyphs.ts";
import { identityLine } from "../identity-line.ts";
import { dim, line, spread, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** What an app needs of a row before who changed it: enough to tell it from others. */
const minIdentity = 33;

/** The head of an app in the table: which it is, from which version to which, and who made these changes, as far as is known. */
export function appHeadLines(
  { app, movedFrom }: StagedApp,
  changes: readonly ListedChange[],
  now: number,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const to = app.etag === undefined ? undefined : outsideText(shortVersion(app.etag), glyphs);
  const from =
    movedFrom?.etag === undefined ? "" : `${outsideText(shortVersion(movedFrom.etag), glyphs)} ${glyphs.to} `;
  // A store that began anew counts its versions from 1 again.
  const isAnew = app.etag !== undefined && movedFrom?.etag === app.etag;
  const versions =
    to === undefined ? "other values" : isAnew ? `version ${to}, other values` : `version ${from}${to}`;
  const isNarrow = width < narrow;
  const room = width - widthOf(versions) - (isNarrow ? 5 : minIdentity);
  const texts = changersTexts(changes, now).map((text) => outsideText(text, glyphs));
  const who = texts.find((text) => widthOf(text) + gap.length <= room) ?? texts.at(-1);
  const right =
    who === undefined ? versions : versions + gap + cutText(who, room - gap.length, glyphs.ellipsis);
  if (isNarrow) {
    return [line(" ", identityLine(app, glyphs, width - 2, { bold: true })), line(dim(`   ${right}`))];
  }
  const name = identityLine(app, glyphs, width - widthOf(right) - 4, { bold: true });
  return [spread(line(" ", name), line(dim(`${right} `)), width, glyphs.ellipsis)];
}

const gap = "   ";
