import type { EditorState } from "../model/editor-state.ts";
import type { Glyphs } from "../view/glyphs.ts";
import { appLines } from "./app-lines.ts";
import { plainConflicts } from "./conflict-lines.ts";
import { plainDrafts } from "./draft-lines.ts";
import { plainHistory } from "./history-lines.ts";
import { listLines } from "./list-lines.ts";
import { readingLines } from "./reading-lines.ts";
import type { Pages } from "./reply.ts";
import { plainResults } from "./result-lines.ts";
import { plainReview } from "./review-lines.ts";
import { plainSort } from "./sort-lines.ts";

/** Where the person is, in lines. */
export function describePlace(state: EditorState, glyphs: Glyphs, pages: Pages): readonly string[] {
  const { screen } = state;
  switch (screen.name) {
    case "list":
    case "filter":
      return listLines(state, pages.from);
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
      return plainHistory(state, glyphs, pages.changesFrom);
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
