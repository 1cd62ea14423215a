import { undoCommand, undoTitle, type CommandPlace } from "../../../words/command-text.ts";
import { hasChanged } from "../../model/send-status.ts";
import { type SendItem } from "../../model/sending.ts";
import { dim, line, type Line } from "../line.ts";
import { wrapForShell } from "../wrap-for-shell.ts";

/** The command that undoes an app's change, from the left edge on, so that it can be selected as it is. */
export function undoLines(
  { app, patch, status }: SendItem,
  place: CommandPlace,
  width: number,
): readonly Line[] {
  if (!hasChanged(status)) return [];
  // Narrow, a guard is left unsaid; that there is none is not.
  const isShort = width < roomyTitle && status.etag !== undefined;
  const title = isShort ? " Undo:" : ` ${undoTitle(status.etag)}`;
  const command = wrapForShell(undoCommand(place, app, patch, status.etag), place.shell, width);
  return [line(dim(title)), ...command.map((row) => line(row))];
}

/** From this width on there is room for what the undo command does. */
const roomyTitle = 60;
