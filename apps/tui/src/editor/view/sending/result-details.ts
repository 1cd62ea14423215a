import { requestIds } from "../../../words/failure-text.ts";
import { narrow } from "../../model/layout.ts";
import type { EditorState } from "../../model/editor-state.ts";
import type { SendItem } from "../../model/sending.ts";
import type { Glyphs } from "../glyphs.ts";
import { wrapText } from "../../../text/cut.ts";
import { dim, line, type Line } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { accountOf } from "./result-account.ts";
import { undoLines } from "./undo-lines.ts";

/** All about what became of one app's change. */
export function resultDetails(
  item: SendItem,
  state: EditorState,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const room = width - 2;
  const wrapped = (text: string): readonly string[] => wrapText(outsideText(text, glyphs), room);
  const { happened, toDo, failures = [], said = [], table = [] } = accountOf(item, state, glyphs, width);
  const isOld = item.wasOvertaken && item.status.kind !== "sent";
  const earlier = isOld ? ["It was sent before on an older version, and may have been applied there."] : [];
  return [
    [],
    ...[...happened, ...earlier].flatMap((text) => wrapped(text).map((row) => line(` ${row}`))),
    ...(table.length === 0 || width < narrow ? table : [[], ...table, []]),
    ...(toDo === undefined ? [] : wrapped(toDo).map((row) => line(dim(` ${row}`)))),
    ...said.flatMap((failure) => wrapped(failure.sentence).map((row) => line(dim(` ${row}`)))),
    ...requestIds(failures).flatMap((id) => wrapped(`request-id ${id}`).map((row) => line(dim(` ${row}`)))),
    ...undoLines(item, state, width),
  ];
}
