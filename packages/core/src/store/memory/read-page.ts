import { formatAppJson } from "../app-json.ts";
import { comparePositions, completeOrder, formatCursor, parseCursor, positionOf } from "../position.ts";
import type { AppPage, AppQuery, SearchTerm } from "../store.ts";
import { textKey } from "../text-key.ts";
import { toStoredApp, type AppState } from "./app-state.ts";
import { matchesFilter } from "./matches-filter.ts";

/** The page of these apps that a query asks for: the definition of what every adapter reads. */
export function readPage(apps: readonly AppState[], query: AppQuery): AppPage {
  const { top, skip = 0, cursor, search = [], filter, count = false } = query;
  const order = completeOrder(query.orderBy);
  const matches = apps.filter(
    (state) =>
      search.every((term) => holdsTerm(state, term)) &&
      (filter === undefined || matchesFilter(state, filter)),
  );
  const after = parseCursor(cursor, order);
  const rest = matches
    .map((state) => ({ state, position: positionOf(state, order) }))
    .filter(({ position }) => after === undefined || comparePositions(position, after, order) > 0)
    .toSorted((one, other) => comparePositions(one.position, other.position, order))
    .slice(skip);
  const last = rest.length > top ? rest[top - 1] : undefined;
  return {
    apps: rest.slice(0, top).map(({ state }) => formatAppJson(toStoredApp(state))),
    ...(last !== undefined && { next: formatCursor(last.position) }),
    ...(count && { count: matches.length }),
  };
}

function holdsTerm({ app }: AppState, { word, property }: SearchTerm): boolean {
  const texts = property === undefined ? [app.displayName, app.publisher] : [app[property]];
  return texts.some((text) => textKey(text ?? "").includes(textKey(word)));
}
