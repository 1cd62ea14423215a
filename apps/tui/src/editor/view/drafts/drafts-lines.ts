import type { FoundDraft } from "../../../changes/drafts/draft.ts";
import { clockTime, timeText } from "../../../words/clock-time.ts";
import { formatCount, formatDelta } from "../../../words/format-count.ts";
import { shortVersion, versionText } from "../../../words/version-text.ts";
import { alignRight, cutWords, wrapText } from "../../../text/cut.ts";
import { widthOf } from "../../../text/width.ts";
import { describeCounter } from "../../model/counter-grid.ts";
import { editedCounters, editedValue } from "../../model/edit.ts";
import type { EditorState } from "../../model/editor-state.ts";
import { countCounters, statusOf } from "../../model/found-drafts.ts";
import { narrow, roomy, widestPage } from "../../model/layout.ts";
import { counted } from "../counted.ts";
import type { Glyphs } from "../glyphs.ts";
import { identityLine } from "../identity-line.ts";
import { accent, bold, dim, line, spread, wrong, type Line, type Span } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { windowOf } from "../window-of.ts";

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
  const notes = isShort ? [] : noteLines(state, glyphs, width);
  const rowHeight = width < narrow ? 2 : 1;
  const edits = current === undefined ? [] : editLines(current, glyphs, width);
  // The drafts and the edits share what the rest leaves, and the drafts take no more than they need.
  const rest = height - 1 - blank.length * 2 - notes.length;
  const editRoom = Math.min(
    edits.length,
    Math.max(1, rest - Math.min(found.length * rowHeight, Math.ceil(rest / 2))),
  );
  const shown = windowOf(found, at, Math.max(1, Math.floor((rest - editRoom) / rowHeight)));
  const rows = shown.flatMap((one) => draftRows(state, one, one === current, glyphs, width));
  const some = edits.length > editRoom ? edits.slice(0, editRoom - 1) : edits;
  const more = edits.length > editRoom ? [line(dim(`   and ${edits.length - some.length} more`))] : [];
  return [title, ...blank, ...rows, ...blank, ...some, ...more, ...notes].slice(0, height);
}

function titleLine({ drafts, now }: EditorState, at: number, glyphs: Glyphs, width: number): Line {
  const { found } = drafts;
  const newest = found[0]?.savedAt ?? now;
  const what = ` ${counted(found.length, "draft")} from ${timeText(newest, now)} on this computer`;
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
  const count = counted(countCounters(found.draft), "line");
  const { text, sign } = metWords(state, found, glyphs);
  if (width < narrow) {
    const words = cutWords(`${count}, ${text}`, width - 7, glyphs.ellipsis);
    return [
      line(mark, identityLine(app, glyphs, width - 4, style)),
      line(dim(`     ${words}`), sign === undefined ? undefined : " ", sign),
    ];
  }
  const right = line(
    dim(`${count.padEnd(9)} ${text.padEnd(metWidth - (sign === undefined ? 0 : widthOf(sign.text) + 1))}`),
    sign === undefined ? undefined : " ",
    sign,
  );
  const room = width - 3 - 10 - metWidth - 2;
  return [spread(line(mark, identityLine(app, glyphs, room, style)), right, width, glyphs.ellipsis)];
}

/** The widest of the words on what a draft meets. */
const metWidth = 27;

/** What a draft meets in a few words, and the sign of what needs a decision. */
function metWords(
  state: EditorState,
  found: FoundDraft,
  glyphs: Glyphs,
): { readonly text: string; readonly sign?: Span } {
  const { app } = found.draft;
  const status = statusOf(state, found);
  const own = outsideText(versionText(app.etag), glyphs);
  switch (status.kind) {
    case "sent":
      return { text: `sent ${clockTime(status.sentAt).slice(0, 5)}`, sign: wrong("?") };
    case "same":
      return { text: `${own} still` };
    case "newer": {
      const text = `${own}, now ${outsideText(shortVersion(status.latest.etag), glyphs)}`;
      const count = status.conflicts.length;
      return count === 0 ? { text } : { text, sign: wrong(`${glyphs.differs} ${count}`) };
    }
    case "unread":
      return { text: `${own}, not read yet` };
    case "gone":
      return { text: `${own}, not in the list` };
    case "older":
      return { text: "the app has newer edits" };
  }
}

/** The edits of a draft: old, new, and by how much; with what is said about the whole. */
function editLines({ draft, savedAt }: FoundDraft, glyphs: Glyphs, width: number): readonly Line[] {
  const { app, edits } = draft;
  const rows = editedCounters(edits).flatMap((name): readonly Line[] => {
    const edit = edits[name];
    if (edit === undefined) return [];
    const base = app.installSummary[name];
    const value = editedValue(base, edit);
    const { label } = describeCounter(name);
    const delta = typeof edit === "number" ? formatDelta(value - base) : `by ${formatDelta(edit.add)}`;
    if (width < narrow) {
      const text = `${label} ${formatCount(base)} ${glyphs.to} ${formatCount(value)} (${delta})`;
      return wrapText(text, width - 4).map((row) => line(`   ${row}`));
    }
    return [
      line(
        `   ${label.padEnd(24)}`,
        dim(`${alignRight(formatCount(base), 13)} ${glyphs.to} `),
        alignRight(formatCount(value), 13),
        dim(alignRight(delta, 18)),
      ),
    ];
  });
  const saved = line(dim(`   Saved ${clockTime(savedAt)}.`));
  return width < narrow ? rows : [...rows, saved];
}

/** What the signs of these drafts mean. */
function noteLines(state: EditorState, glyphs: Glyphs, width: number): readonly Line[] {
  const statuses = state.drafts.found.map((found) => statusOf(state, found));
  const isSent = statuses.some(({ kind }) => kind === "sent");
  const isContested = statuses.some((status) => status.kind === "newer" && status.conflicts.length > 0);
  const notes = [
    ...(isSent
      ? ["? is read first: what was sent and never confirmed is settled before it can be sent again."]
      : []),
    ...(isContested
      ? [`${glyphs.differs} others have changed these counters too: you decide before it is sent.`]
      : []),
  ];
  if (notes.length === 0) return [];
  return [line(), ...notes.flatMap((note) => wrapText(note, width - 2).map((row) => line(dim(` ${row}`))))];
}
