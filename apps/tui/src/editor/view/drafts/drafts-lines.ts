import type { FoundDraft } from "../../../changes/drafts/draft.ts";
import { timeText } from "../../../words/clock-time.ts";
import { formatCount } from "../../../words/format-count.ts";
import { cutWords } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import { editedCounters } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { contestedIn, editsBack, statusOf } from "../../model/found-drafts.ts";
import { narrow, roomy, widestPage } from "../../model/layout.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { identityLine } from "../identity-line.ts";
import { accent, bold, dim, line, spread, type Line } from "../line.ts";
import { windowOf } from "../window-of.ts";
import { draftEditRows } from "./draft-edit-lines.ts";
import { draftNoteLines } from "./draft-note-lines.ts";
import { statusWidth, statusWords } from "./status-words.ts";

/** The drafts that ended editors have left, what each one meets, and the edits of the one under the cursor. */
export function draftsLines(
  state: EditorState,
  glyphs: Glyphs,
  columns: number,
  height: number,
): readonly Line[] {
  const { screen, drafts } = state;
  if (screen.name !== "drafts") return [];
  const width = Math.min(columns, widestPage);
  const { found } = drafts;
  const at = Math.min(screen.line, found.length - 1);
  const current = found[at];
  const isShort = height < roomy;
  const blank = isShort ? [] : [line()];
  const title = titleLine(state, at, glyphs, width);
  const notes = isShort ? [] : draftNoteLines(state, glyphs, width);
  const rowHeight = width < narrow ? 2 : 1;
  const edits = current === undefined ? [] : draftEditRows(state, current, glyphs, width);
  const editRows = edits.flat();
  // The drafts and the edits share what the rest leaves, and the drafts take no more than they need.
  const rest = height - 1 - blank.length * 2 - notes.length;
  const editRoom = Math.min(
    editRows.length,
    Math.max(1, rest - Math.min(found.length * rowHeight, Math.ceil(rest / 2))),
  );
  const shown = windowOf(found, at, Math.max(1, Math.floor((rest - editRoom) / rowHeight)));
  const rows = shown.flatMap((one) => draftRows(state, one, one === current, glyphs, width));
  const shownEdits = editRows.length > editRoom ? fewerRows(edits, editRoom) : editRows;
  return [title, ...blank, ...rows, ...blank, ...shownEdits, ...notes].slice(0, height);
}

/** The first edits that fit whole above a row that counts the others. */
function fewerRows(edits: readonly (readonly Line[])[], room: number): readonly Line[] {
  const count = edits.findLastIndex((_, at) => edits.slice(0, at + 1).flat().length < room) + 1;
  const others = line(dim(`   and ${edits.length - count} more`));
  return [...edits.slice(0, count).flat(), others];
}

function titleLine({ drafts, now }: EditorState, at: number, glyphs: Glyphs, width: number): Line {
  const { found } = drafts;
  const newest = found[0]?.savedAt ?? now;
  const which = found.length === 1 ? "1 draft" : `${formatCount(found.length)} drafts, the newest`;
  const what = ` ${which} from ${timeText(newest, now)}${width < narrow ? "" : " on this computer"}`;
  const position = found.length > 1 ? `${formatCount(at + 1)} of ${formatCount(found.length)}` : "";
  const facts = ["nothing was lost", position].filter((fact) => fact !== "");
  while (facts.length > 0 && what.length + facts.join(" ").length + 5 > width) facts.shift();
  return spread(line(bold(what)), line(dim(`${facts.join(` ${glyphs.dot} `)} `)), width, glyphs.ellipsis);
}

function draftRows(
  state: EditorState,
  found: FoundDraft,
  isCurrent: boolean,
  glyphs: Glyphs,
  width: number,
): readonly Line[] {
  const { app } = found.draft;
  const mark = isCurrent ? accent(` ${glyphs.cursor} `) : "   ";
  const style = isCurrent ? { bold: true } : {};
  const count = counted(editedCounters(editsBack(state, found)).length, "line");
  const open = editedCounters(contestedIn(state, found)).length;
  const { text, sign } = statusWords(statusOf(state, found), found, open, state.now, glyphs);
  if (width < narrow) {
    const words = cutWords(`${count}, ${text}`, width - 7, glyphs.ellipsis);
    return [
      line(mark, identityLine(app, glyphs, width - 4, style)),
      line(dim(`     ${words}`), sign === undefined ? undefined : " ", sign),
    ];
  }
  const signWidth = sign === undefined ? 0 : widthOf(sign.text) + 1;
  const right = line(
    dim(`${count.padEnd(9)} ${text.padEnd(statusWidth - signWidth)}`),
    sign === undefined ? undefined : " ",
    sign,
  );
  const room = width - 3 - 10 - statusWidth - 2;
  return [spread(line(mark, identityLine(app, glyphs, room, style)), right, width, glyphs.ellipsis)];
}
