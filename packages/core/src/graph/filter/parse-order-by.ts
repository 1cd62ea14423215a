import type { AppOrder } from "../../store/app-filter.ts";
import { openClause, type ClauseReader } from "./clause-reader.ts";
import { findPath } from "./find-path.ts";

const maxKeys = 5;

/** Parses an `$orderby` of mobile apps. Throws `GraphError` 400. Source: OData URL Conventions 4.01 §5.1.5. */
export function parseOrderBy(text: string): readonly AppOrder[] {
  const reader = openClause("order", text);
  const keys: AppOrder[] = [];
  do {
    const token = reader.peek();
    if (keys.length === maxKeys) throw reader.fail(`The clause has more than ${maxKeys} properties`, token);
    keys.push(parseKey(reader));
  } while (reader.takes(","));
  if (reader.peek().kind !== "end") throw reader.unexpected("'asc', 'desc', ',' or the end");
  return keys;
}

function parseKey(reader: ClauseReader): AppOrder {
  const token = reader.peek();
  if (token.kind !== "word") throw reader.unexpected("A property");
  reader.next();
  const { path } = findPath(reader, token);
  if (path === null)
    throw reader.fail(`'${token.text}' is null for every app`, token, "Order by another property.");
  const descending = reader.takes("desc");
  if (!descending) reader.takes("asc");
  return { path, descending };
}
