import { currentApp } from "../../../model/app-list.ts";
import type { EditorState } from "../../../model/editor-state.ts";
import { hint, type Hint } from "../hint.ts";

// Keys that several screens have.

export const help = hint("?", "keys", 8);
export const quit = hint("q", "quit", 5);
export const more = hint(":", "commands", 0);

export function openReviewHints({ staging }: EditorState): readonly Hint[] {
  return staging.apps.size === 0 ? [] : [hint("s", `review (${staging.apps.size})`, 9)];
}

export function undoHints({ staging }: EditorState): readonly Hint[] {
  return staging.done.length === 0 ? [] : [hint("u", "undo", 4)];
}

export function historyHint({ hasChangeLog }: EditorState, weight: number): readonly Hint[] {
  return hasChangeLog ? [hint("h", "history", weight)] : [];
}

/** For an app with staged edits. */
export function appHints({ staging, list }: EditorState): readonly Hint[] {
  const isStaged = staging.apps.has(currentApp(list)?.id ?? "");
  return isStaged ? [hint("c", "copy as…", 1), hint("D", "drop", 1)] : [];
}

/** For a token that the server refused when it was last used. */
export function tokenHints(state: EditorState): readonly Hint[] {
  return isSignedOut(state) ? [hint("t", "new token", 7)] : [];
}

function isSignedOut({ link, screen }: EditorState): boolean {
  if (screen.name === "results") {
    return screen.sending.items.some(
      ({ status }) => status.kind === "refused" && status.failures.at(-1)?.status === 401,
    );
  }
  return link.kind === "down" && (link.failure.status === 401 || link.failure.kind === "notSent");
}
