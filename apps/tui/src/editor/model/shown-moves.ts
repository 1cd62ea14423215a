import type { Move } from "./changers.ts";
import { conflictApps, isOpen } from "./conflicts.ts";
import type { EditorState } from "./editor-state.ts";
import type { SendItem } from "./sending.ts";
import type { StagedApp } from "./staging.ts";

/** The moves of apps of which the screen says who has made them. */
export function shownMoves({ screen, staging }: EditorState): readonly Move[] {
  if (screen.name === "conflict") return conflictApps(staging).map(({ staged }) => stagedMove(staged));
  if (screen.name === "review") return [...staging.apps.values()].filter(isOpen).map(stagedMove);
  return screen.name === "results" ? screen.sending.items.map(itemMove) : [];
}

/** From the version that the edits of an app were made on to the one that they are based on. */
export function stagedMove({ app, movedFrom }: StagedApp): Move {
  return { appId: app.id, from: (movedFrom ?? app).etag, to: app.etag };
}

/** From the version that a change was made on to the one that is there, where that is not the one that it made. */
export function itemMove({ app, status }: SendItem): Move {
  const move = { appId: app.id, from: app.etag, to: app.etag };
  if (status.kind === "conflict" || status.kind === "overtaken") return { ...move, to: status.current?.etag };
  return status.kind === "sent" && status.how !== "acknowledged" ? { ...move, to: status.etag } : move;
}
