import type { EditorState } from "../model/editor-state.ts";
import { draftsLines } from "../view/drafts/drafts-lines.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { lineText, type Line } from "../view/line.ts";
import { appLines } from "./app-lines.ts";
import { plainConflicts } from "./conflict-lines.ts";
import { plainHistory } from "./history-lines.ts";
import { listLines } from "./list-lines.ts";
import { readingLines } from "./reading-lines.ts";
import { plainResults } from "./result-lines.ts";
import { plainReview } from "./review-lines.ts";

/** Where the person is, in lines; `from` is the first app of the list that is said. */
export function describePlace(state: EditorState, glyphs: Glyphs, from: number): readonly string[] {
  const { screen } = state;
  switch (screen.name) {
    case "list":
    case "filter":
    case "sort":
      return listLines(state, from);
    case "counters":
    case "entry":
      return appLines(state);
    case "review":
      return plainReview(state);
    case "results":
      return plainResults(state, screen, glyphs);
    case "history":
      return plainHistory(state, glyphs);
    case "drafts":
      return [
        ...textOf(draftsLines(state, glyphs, 100, 60, "Type again to read once more.")),
        "Type enter to bring all back, no to leave them for later, or x to throw away.",
      ];
    case "conflict":
      return plainConflicts(state);
    case "help":
    case "palette":
    case "copied":
      return readingLines(screen);
    case "sending":
      return ["Sending..."];
  }
}

/** The rows of a screen that say something. */
function textOf(rows: readonly Line[]): readonly string[] {
  return rows.map((row) => lineText(row).trim().replaceAll(/ {3,}/g, "  ")).filter((row) => row !== "");
}
