import type { KnownApp } from "../../../words/known-app.ts";
import { versionText } from "../../../words/version-text.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { unreadVersion } from "../../model/unread-version.ts";

/** The version that an app has now, as far as the log tells, also where it was not read yet. */
export function versionNowText(state: EditorState, app: KnownApp): string {
  const unread = unreadVersion(state, app.id);
  return `${unread === undefined ? versionText(app.etag) : `version ${unread}`} now`;
}
