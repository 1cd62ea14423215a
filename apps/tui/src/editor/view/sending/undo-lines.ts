import { undoCommand, undoTitle, type CommandPlace } from "../../../words/command-text.ts";
import { wrapText } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { hasChanged } from "../../model/send-status.ts";
import { type SendItem } from "../../model/sending.ts";
import { dim, line, type Line } from "../line.ts";
import { wrapForShell } from "../wrap-for-shell.ts";

/** The command that undoes an app's change, from the left edge on, so that it can be selected as it is. */
export function undoLines(
  { app, patch, status }: SendItem,
  place: CommandPlace & Pick<EditorState, "startCall">,
  width: number,
): readonly Line[] {
  if (!hasChanged(status)) return [];
  // A server that was started with the editor ends with it.
  const when = place.startCall === undefined ? "" : " while the editor runs";
  const whole = undoTitle(status.etag, when);
  // Narrow, a guard is left unsaid; that there is none is not.
  const isShort = width <= widthOf(whole) + 1 && status.etag !== undefined;
  const title = wrapText(isShort ? `Undo${when}:` : whole, width - 2);
  const command = wrapForShell(undoCommand(place, app, patch, status.etag), place.shell, width);
  return [...title.map((row) => line(dim(` ${row}`))), ...command.map((row) => line(row))];
}
