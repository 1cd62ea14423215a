import { changesPage } from "./history-lines.ts";
import { goToList, press, type DrivenEditor } from "./driven-editor.ts";
import { listPage } from "./list-lines.ts";
import { saying, type Reply, type Talk } from "./reply.ts";

/** Says the next changes of an open history, else the next apps of the list. */
export function sayMore(editor: DrivenEditor, talk: Talk): Reply {
  if (editor.state().screen.name === "history") return sayOlder(editor, talk);
  goToList(editor);
  const from = talk.from + listPage;
  const isEnd = from >= editor.state().list.rows.length;
  if (isEnd) return saying(talk, "That was the end of the list. list begins again.");
  return { talk: { ...talk, from }, says: [], showsPlace: true };
}

/** Says the next changes of the history. The end of what was read asks for older ones, as on the screen. */
function sayOlder(editor: DrivenEditor, talk: Talk): Reply {
  const { history } = editor.state();
  const count = history?.changes.length ?? 0;
  const changesFrom = Math.min(talk.changesFrom + changesPage, count);
  const isRead = changesFrom < count;
  if (!isRead && history?.hasMore !== true) return saying(talk, "That was the end of the history.");
  if (!isRead) press(editor, "end");
  return { talk: { ...talk, changesFrom }, says: [], showsPlace: true };
}
