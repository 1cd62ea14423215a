import { currentApp } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import { noApp } from "./edit-counter.ts";

/**
 * What has to be said first where a key would act on what only the cursor of the screen chooses: nobody hears where that is.
 */
export function unchosen(state: EditorState, key: string): string | undefined {
  const { screen, question, list, staging, history } = state;
  if (question !== undefined) return undefined;
  // Without an app in the list, `c` copies why there is none.
  if (screen.name === "list")
    return ["h", "c", "D"].includes(key) && currentApp(list) !== undefined ? noApp : undefined;
  // These open an entry, of the counter under the cursor.
  const opens = /^(?:enter|[+\-−])$/.test(key);
  if (screen.name === "counters" && opens) return "Name the counter too, such as failed 8.";
  if (screen.name === "conflict" && opens && key !== "enter")
    return "Type e first, then the number, such as +5.";
  if (screen.name === "review") return key === "c" && staging.apps.size > 1 ? noApp : undefined;
  if (screen.name === "results" && screen.sending.items.length > 1) {
    if (key === "u") return "Several apps were sent: undo all stages what takes all of it back.";
    return key === "h" ? noApp : undefined;
  }
  if (screen.name === "history" && history !== undefined && history.changes.length > 0) {
    if (key === "u") return "Type the number of the change too, such as undo 1.";
    return key === "h" && history.appId === undefined ? noApp : undefined;
  }
  return undefined;
}
