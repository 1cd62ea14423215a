import type { EditorState } from "../model/editor-state.ts";
import { sortBy } from "../model/list-moves.ts";
import { outcome, say, type Outcome } from "../model/outcome.ts";
import { sortChoices, type Sort } from "../model/sort.ts";

/** A key in the sort menu: one that chooses closes it, as does any that means nothing here. */
export function sortKeyPressed(state: EditorState, key: string): Outcome {
  const { sort } = state.list;
  if (key === "u") return outcome(sorted(state, { ...sort, users: !sort.users }));
  if (key === "r") return outcome(sorted(state, { ...sort, descending: !sort.descending }));
  const choice = sortChoices.find((candidate) => candidate.key === key);
  const closed: EditorState = { ...state, screen: { name: "list" } };
  if (key === "escape" || key === "o") return outcome(closed);
  if (choice === undefined) return outcome(say(closed, "The order stays as it was: no column has this key."));
  const descending = choice.column !== "name";
  return outcome(sorted(state, { ...sort, column: choice.column, descending }));
}

function sorted(state: EditorState, sort: Sort): EditorState {
  return { ...state, list: sortBy(state.list, sort, state.staging), screen: { name: "list" } };
}
