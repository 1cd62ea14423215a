import type { EditorState } from "../model/editor-state.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { appLines } from "./app-lines.ts";
import { plainConflicts } from "./conflict-lines.ts";
import { plainDrafts } from "./draft-lines.ts";
import { plainHistory } from "./history-lines.ts";
import { listLines } from "./list-lines.ts";
import { readingLines } from "./reading-lines.ts";
import { plainResults } from "./result-lines.ts";
import { plainReview } from "./review-lines.ts";
import { plainSort } from "./sort-lines.ts";

/** Where the person is, in lines; `from` is the first app of the list, or change of the history, that is said. */
export function describePlace(state: EditorState, glyphs: Glyphs, from: number): readonly string[] {
  const { screen } = state;
  switch (screen.name) {
    case "list":
    case "filter":
      return listLines(state, from);
    case "sort":
      return plainSort(state);
    case "counters":
    case "entry":
      return appLines(state);
    case "review":
      return plainReview(state);
    case "results":
      return plainResults(state, screen, glyphs);
    case "history":
      return plainHistory(state, glyphs, from);
    case "drafts":
      return plainDrafts(state, glyphs);
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
