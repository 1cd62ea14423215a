import { nameOf } from "../../words/app-name.ts";
import type { Glyphs } from "./glyphs.ts";
import { cutText } from "../../text/cut.ts";
import { outsideText } from "./outside-text.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** The name of an app, safe to draw, in at most `width` cells. */
export function fittedName(app: KnownApp, glyphs: Glyphs, width: number): string {
  return cutText(outsideText(nameOf(app), glyphs), width, glyphs.ellipsis);
}
