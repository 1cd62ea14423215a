import { currentConflict } from "../model/conflicts.ts";
import { press, type DrivenEditor } from "./driven-editor.ts";
import { newerText } from "./newer-text.ts";
import { saying, type Reply, type Talk } from "./reply.ts";

/** Decides what both sides have changed by a key, and says what is newer than both where that closes the table. */
export function decide(editor: DrivenEditor, key: string, talk: Talk): Reply {
  const before = editor.state();
  press(editor, key);
  const { screen, staging } = before;
  const row = screen.name === "conflict" ? currentConflict(staging, screen.line) : undefined;
  const app = row === undefined ? undefined : staging.apps.get(row.appId)?.app;
  // The table and the review say it themselves.
  const { name } = editor.state().screen;
  const isLeft = name !== "conflict" && name !== "review";
  const newer = app === undefined || !isLeft ? undefined : newerText(before, app);
  return newer === undefined ? saying(talk) : saying(talk, newer);
}
