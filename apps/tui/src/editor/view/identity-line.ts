import { shortId } from "../../words/app-identity.ts";
import { platformCode, platformName } from "../../words/platform.ts";
import { widthOf } from "../../text/width.ts";
import { nameOf } from "../../words/app-name.ts";
import type { Glyphs } from "./glyphs.ts";
import { cutText } from "../../text/cut.ts";
import { dim, line, type Line, type Span } from "./line.ts";
import { outsideText } from "./outside-text.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** A name is cut down to this before its platform and its short id go. */
const minName = 12;

/**
 * An app in at most `width` cells, told from others of its name: `Workday · iOS  7c1e44d0`. The name is cut first, then
 * the platform is written short, then the id goes.
 */
export function identityLine(
  app: KnownApp,
  glyphs: Glyphs,
  width: number,
  style: Omit<Span, "text"> = {},
): Line {
  const name = outsideText(nameOf(app), glyphs);
  const id = idOf(app, glyphs);
  const tails = [longTail(app, glyphs), ` ${glyphs.dot} ${platformCode(app)}${id}`];
  const needed = Math.min(widthOf(name), minName);
  const tail =
    tails.find((choice) => widthOf(choice) + needed <= width) ?? ` ${glyphs.dot} ${platformCode(app)}`;
  const room = Math.max(0, width - widthOf(tail));
  return line({ ...style, text: cutText(name, room, glyphs.ellipsis) }, dim(tail));
}

/** How many cells an app takes with nothing cut. */
export function identityWidth(app: KnownApp, glyphs: Glyphs): number {
  return widthOf(outsideText(nameOf(app), glyphs) + longTail(app, glyphs));
}

function longTail(app: KnownApp, glyphs: Glyphs): string {
  return ` ${glyphs.dot} ${outsideText(platformName(app), glyphs)}${idOf(app, glyphs)}`;
}

function idOf(app: KnownApp, glyphs: Glyphs): string {
  return nameOf(app) === app.id ? "" : `  ${outsideText(shortId(app), glyphs)}`;
}
