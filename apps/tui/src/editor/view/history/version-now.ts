import type { KnownApp } from "../../../words/known-app.ts";
import { versionText } from "../../../words/version-text.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { unreadVersion } from "../../model/unread-version.ts";

/** The version that an app has now, as far as the log tells, also where it was not read yet; undefined where it has none. */
export function versionNowText(state: EditorState, app: KnownApp): string | undefined {
  const unread = unreadVersion(state, app.id);
  if (unread !== undefined) return `version ${unread.logged} now`;
  return app.etag === undefined ? undefined : `${versionText(app.etag)} now`;
}
