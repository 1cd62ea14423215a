import type { EditorState } from "../model/editor-state.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { lineText } from "../view/line.ts";
import { outsideText } from "../view/outside-text.ts";
import { sendingLines } from "../view/sending/sending-lines.ts";
import { spoken } from "./spoken.ts";

/** A line for each change that waits now and did not before: for what, and how long. */
export function waitingLines(before: EditorState, after: EditorState, glyphs: Glyphs): readonly string[] {
  if (after.screen.name !== "sending") return [];
  const known = before.screen.name === "sending" ? before.screen.sending.items : [];
  const { sending } = after.screen;
  return sending.items.flatMap((item) => {
    const isKnown = known.some(({ app, status }) => app.id === item.app.id && status === item.status);
    if (item.status.kind !== "waiting" || isKnown) return [];
    const alone = { ...after, screen: { name: "sending", sending: { ...sending, items: [item] } } } as const;
    // Below the progress and a blank row.
    const row = sendingLines(alone, glyphs, 200, 3)[2] ?? [];
    return [outsideText(spoken(lineText(row).replaceAll(/ {2,}/g, ": ")), glyphs)];
  });
}
