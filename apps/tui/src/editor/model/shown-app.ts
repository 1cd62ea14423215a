import type { InstallSummaryEdit } from "@install-summary/core";
import { currentApp } from "./app-list.ts";
import type { EditorState } from "./editor-state.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** The app that is shown beside the list, as edits are made on it: as it was when they began. */
export function shownApp(state: EditorState): KnownApp | undefined {
  const app = currentApp(state.list);
  return app === undefined ? undefined : (state.staging.apps.get(app.id)?.app ?? app);
}

/** The staged edits of an app. */
export function editsOf(state: EditorState, appId: string): InstallSummaryEdit {
  return state.staging.apps.get(appId)?.edits ?? {};
}

/** Whether the app is read before its change can be sent again: an editor that has ended has sent it. */
export function isReadFirst({ staging }: Pick<EditorState, "staging">, appId: string | undefined): boolean {
  return appId !== undefined && staging.apps.get(appId)?.pending?.isRestored === true;
}

/** Whether a change of the app was sent and it is not certain what became of it. */
export function isPending({ staging }: EditorState, appId: string | undefined): boolean {
  return appId !== undefined && staging.apps.get(appId)?.pending !== undefined;
}
