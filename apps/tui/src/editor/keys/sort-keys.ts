import { isDeepStrictEqual } from "node:util";
import { askForRecent } from "../actions/sort-by-change.ts";
import type { EditorState } from "../model/editor-state.ts";
import { sortBy } from "../model/list-moves.ts";
import { transition, say, type Transition } from "../model/transition.ts";
import { sortChoices, sortLabel, type Sort } from "../model/sort.ts";

/** A key in the sort menu: one that chooses closes it, as does any that means nothing here. */
export function sortKeyPressed(state: EditorState, key: string): Transition {
  const { sort } = state.list;
  if (key === "u") return transition(sorted(state, { ...sort, users: !sort.users }));
  if (key === "r") return transition(sorted(state, { ...sort, descending: !sort.descending }));
  const choice = sortChoices.find((candidate) => candidate.key === key);
  const closed: EditorState = { ...state, screen: { name: "list" } };
  if (key === "escape" || key === "o") return transition(closed);
  if (choice === undefined)
    return transition(say(closed, "The order stays as it was: no column has this key."));
  if (choice.column === "changed") return askForRecent(closed);
  const descending = choice.column !== "name";
  return transition(sorted(state, { ...sort, column: choice.column, descending }));
}

function sorted(state: EditorState, sort: Sort): EditorState {
  const { list, staging } = state;
  const next: EditorState = { ...state, list: sortBy(list, sort, staging), screen: { name: "list" } };
  // What was changed since is in its place again, and where nothing was this tells that the key came.
  return isDeepStrictEqual(sort, list.sort)
    ? say(next, `The order is by ${sortLabel(sort)}, as before.`)
    : next;
}
