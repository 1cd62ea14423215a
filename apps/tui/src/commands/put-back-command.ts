import type { ListedApp } from "@install-summary/core/client";
import { undoCommand, type CommandPlace } from "../words/command-text.ts";

/** The command that sets the counters as they were. */
export function putBackCommand(place: CommandPlace, app: ListedApp): string {
  const { id: _id, ...counters } = app.installSummary;
  return undoCommand(place, app, counters, undefined);
}
