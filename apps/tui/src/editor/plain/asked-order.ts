import { sortChoices } from "../model/sort.ts";
import { press, type DrivenEditor } from "./driven-editor.ts";
import type { Reply, Talk } from "./reply.ts";

/** Takes a line as the letter that sorts the list; undefined for one that is none. */
export function replyToOrder(editor: DrivenEditor, line: string, talk: Talk): Reply | undefined {
  const key = line.trim();
  const isLetter = letters.has(key);
  if (isLetter) press(editor, key);
  if (!isLetter && key !== "") return undefined;
  return { talk: { ...talk, from: 0 }, says: [], showsPlace: true };
}

/** The letters that are said to be typed. */
const letters: ReadonlySet<string> = new Set([...sortChoices.map(({ key }) => key), "u", "r"]);
