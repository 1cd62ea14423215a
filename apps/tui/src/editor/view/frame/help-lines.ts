import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, lineWidth, wrapText, type Line } from "../line.ts";
import { scrolled } from "../scrolled.ts";

/** All keys, and the rule that matters most. */
export function helpLines(
  { screen }: EditorState,
  glyphs: Glyphs,
  width: number,
  height: number,
): readonly Line[] {
  if (screen.name !== "help") return [];
  const sections = helpOf(glyphs).flatMap(({ title, keys }) => sectionLines(title, keys, width));
  const sentence = "A number typed is only staged. Nothing leaves before s and then y.";
  const lines = [...sections, [], ...wrapText(sentence, width - 2).map((text) => line(` ${text}`))];
  return [line(bold(" Keys")), [], ...scrolled(lines, screen.top, height - 2)];
}

interface Section {
  readonly title: string;
  readonly keys: readonly (readonly [keys: string, label: string])[];
}

function helpOf({ keys }: Glyphs): readonly Section[] {
  const find: Section = {
    title: "Find",
    keys: [
      [`${keys.upDown} j k`, "app"],
      ["/", "filter"],
      ["f", "has failures"],
      ["o", "sort"],
      ["n N", "next, previous staged"],
      ["g G", "first, last"],
    ],
  };
  const edit: Section = {
    title: "Edit",
    keys: [
      [`${keys.right} ${keys.enter}`, "into the counters"],
      ["0-9", "set"],
      ["+ -", "add, subtract"],
      ["x", "revert"],
      ["u", "undo"],
      ["Ctrl-R", "redo"],
      ["D", "drop the app's edits"],
      ["paste", "one number, ten, or JSON"],
    ],
  };
  const send: Section = {
    title: "Send",
    keys: [
      ["s", "review"],
      ["y", "send, in the review"],
      ["c", "copy as curl, PowerShell, JSON"],
      ["R", "read again"],
    ],
  };
  const filter: Section = {
    title: "Filter",
    keys: [
      ["failed>10 users.failed=0", "by numbers"],
      ["platform:ios publisher:adobe", "by what it is"],
      ["is:staged is:failing", "by state"],
    ],
  };
  const everywhere: Section = {
    title: "Everywhere",
    keys: [
      ["?", "keys"],
      ["Esc", "back"],
      ["q", "quit"],
      ["Ctrl-Z", "suspend"],
      ["Ctrl-L", "draw again"],
    ],
  };
  return [find, edit, send, filter, everywhere];
}

const titleWidth = 12;

/** A title, and its keys in as few rows as fit. */
function sectionLines(title: string, keys: Section["keys"], width: number): readonly Line[] {
  const rows: Line[] = [];
  let row: Line = line(` ${title.padEnd(titleWidth - 1)}`);
  let isEmpty = true;
  for (const [key, label] of keys) {
    const entry = line(bold(key), dim(` ${label}`));
    const longer = line(row, isEmpty ? undefined : "   ", entry);
    if (lineWidth(longer) <= width || isEmpty) {
      row = longer;
    } else {
      rows.push(row);
      row = line(" ".repeat(titleWidth), entry);
    }
    isEmpty = false;
  }
  return [...rows, row];
}
