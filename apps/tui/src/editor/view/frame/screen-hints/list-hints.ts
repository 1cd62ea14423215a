import type { EditorState, FilterScreen } from "../../../model/editor-state.ts";
import { addedApps } from "../../../model/live.ts";
import type { Glyphs } from "../../glyphs.ts";
import { hint, type Hint } from "../hint.ts";
import {
  appHints,
  help,
  historyHint,
  more,
  openReviewHints,
  quit,
  tokenHints,
  undoHints,
} from "./shared-hints.ts";

export function listHints(state: EditorState, keys: Glyphs["keys"]): readonly Hint[] {
  if (state.list.apps.length === 0) return emptyHints(state);
  if (state.list.rows.length === 0) return hiddenHints(state);
  return [
    hint(keys.upDown, "app", 2),
    hint(keys.right, state.isReadOnly ? "counters" : "edit", 7),
    ...tokenHints(state),
    hint("/", "filter", 7),
    hint("f", "failures", 2),
    hint("o", "sort", 4),
    ...openReviewHints(state),
    ...undoHints(state),
    hint("R", "read again", isPartial(state) ? 8 : 1),
    ...historyHint(state, 1),
    ...appHints(state),
    more,
    help,
    quit,
  ];
}

/** Without apps only these do something. */
function emptyHints(state: EditorState): readonly Hint[] {
  const isFailed = state.link.kind === "waiting" || state.link.kind === "down";
  const copyThis = isFailed ? [hint("c", "copy this", 6)] : [];
  const isConnecting = state.link.kind === "connecting";
  return [
    ...(isConnecting ? [] : [hint("R", "try again", 9)]),
    ...tokenHints(state),
    ...openReviewHints(state),
    ...copyThis,
    more,
    help,
    quit,
  ];
}

/** The filter hides all apps: only these do something. */
function hiddenHints(state: EditorState): readonly Hint[] {
  const { list } = state;
  return [
    ...(list.filterText === "" ? [] : [hint("Esc", "all", 9), hint("Backspace", "correct", 7)]),
    hint("/", "filter", 7),
    hint("f", list.failuresOnly ? "all" : "failures", list.failuresOnly ? 8 : 2),
    ...openReviewHints(state),
    ...undoHints(state),
    hint("R", "read again", isPartial(state) ? 8 : 1),
    more,
    help,
    quit,
  ];
}

/** Whether apps are missing that only another reading brings. */
function isPartial(state: EditorState): boolean {
  const { complete, loading } = state.list;
  return addedApps(state) > 0 || (!complete && loading === undefined);
}

export function filterHints(
  { list }: EditorState,
  screen: FilterScreen,
  keys: Glyphs["keys"],
): readonly Hint[] {
  return [
    ...(list.rows.length === 0 ? [] : [hint(keys.upDown, "app", 5)]),
    ...(screen.isSelected === true ? [hint("text", "replaces it", 8), hint(keys.right, "add to it", 8)] : []),
    hint(keys.enter, "keep", 9),
    hint("Esc", "all", 9),
    hint("Ctrl-U", "empty", 4),
    hint("or", "failed>10 platform:ios is:staged", 1),
  ];
}
