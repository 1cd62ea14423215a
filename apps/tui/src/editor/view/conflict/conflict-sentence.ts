import { formatCount } from "../../../words/format-count.ts";
import { wrapText } from "../../../text/cut.ts";
import type { ConflictRow } from "../../model/conflicts.ts";
import { editedValue } from "../../model/edit.ts";
import { line, type Line } from "../line.ts";

/** What the line under the cursor is about, in words. */
export function sentenceLines({ kind, base, theirs, mine }: ConflictRow, width: number): readonly Line[] {
  return wrapText(sentenceOf(kind, base, theirs, mine), width - 2).map((text) => line(` ${text}`));
}

function sentenceOf(
  kind: ConflictRow["kind"],
  base: number,
  theirs: number,
  mine: ConflictRow["mine"],
): string {
  const typed = mine === undefined ? 0 : editedValue(base, mine);
  switch (kind) {
    case "open":
      return `Mine ${formatCount(typed)} was typed against ${formatCount(base)}. Theirs is ${formatCount(theirs)}.`;
    case "recounted":
      return `It was changed from ${formatCount(base)} to ${formatCount(theirs)}: your amount is counted again.`;
    case "mine":
      return base === theirs ? "Only you changed it." : "You have decided: this would be sent.";
    case "theirs":
      return "You left it as it was: theirs stays.";
  }
}
