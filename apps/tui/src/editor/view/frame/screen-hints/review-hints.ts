import { countOpen } from "../../../model/conflicts.ts";
import type { EditorState, ReviewScreen } from "../../../model/editor-state.ts";
import { appsToRead, currentLine, requestsOf, warningsOf } from "../../../model/review.ts";
import type { Glyphs } from "../../glyphs.ts";
import { hint, type Hint } from "../hint.ts";
import { help, more, undoHints } from "./shared-hints.ts";

export function reviewHints(state: EditorState, screen: ReviewScreen, keys: Glyphs["keys"]): readonly Hint[] {
  const { staging } = state;
  const hasWarnings = [...staging.apps.values()].some(
    (staged) => !staged.leftOut && warningsOf(staged).length > 0,
  );
  const count = requestsOf(state).length;
  // What comes first where nothing could be sent.
  const isWaiting = count === 0 && appsToRead(state).some(({ leftOut }) => !leftOut);
  const line = currentLine(staging, screen.line);
  // A reading has taken the last line.
  if (line === undefined) return [hint("Esc", "back", 9), ...undoHints(state), more, help];
  const isWaitingLine = line.staged.pending !== undefined;
  return [
    ...firstHints(),
    ...(count > 0 && countOpen(staging) > 0 ? [hint(keys.enter, "decide", 7)] : []),
    line.staged.leftOut ? hint("Space", "take it in", 9) : hint("Space", "in or out", 5),
    ...(isWaitingLine || line.staged.leftOut ? [] : [hint("d", "drop", 6)]),
    ...(isWaitingLine || state.isReadOnly ? [] : [hint("e", "edit", 6)]),
    hint("c", "copy as…", 3),
    ...(hasWarnings ? [hint("n N", "next !", 3)] : []),
    ...(isWaiting ? [] : [hint("R", "read again", 2)]),
    ...(staging.done.length === 0 ? [] : [hint("u", "undo", 1)]),
    hint("PgUp PgDn", "page", 1),
    hint("Esc", "back", 8),
    more,
    hint("?", "keys", 4),
  ];

  function firstHints(): readonly Hint[] {
    if (count > 0) return state.isReadOnly ? [] : [hint("y", `send ${count}`, 9)];
    if (isWaiting) return [hint("R", "read again first", 9)];
    // What others have changed too is decided first.
    return countOpen(staging) > 0 ? [hint(keys.enter, "decide", 9)] : [];
  }
}
