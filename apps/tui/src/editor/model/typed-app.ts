import { currentApp } from "./app-list.ts";
import { currentConflict } from "./conflicts.ts";
import type { EditorState } from "./editor-state.ts";

/** Whether a number is being typed against the values of an app, in its counters or in the table of what others have changed. */
export function isTyped({ screen, list, staging }: EditorState, appId: string): boolean {
  if (screen.name === "entry") return currentApp(list)?.id === appId;
  return (
    screen.name === "conflict" &&
    screen.entry !== undefined &&
    currentConflict(staging, screen.line)?.appId === appId
  );
}
