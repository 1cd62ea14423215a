import type { AppOrder, AppPosition } from "@install-summary/core/service";
import type { Dialect } from "./dialect.ts";
import { concatSql, joinSql, type SqlText } from "./sql-text.ts";

/** The order by these keys, one for each of its paths. */
export function orderSql(order: readonly AppOrder[], keys: readonly string[]): string {
  const terms = order.map(({ descending }, at) => `${keys[at] ?? ""}${descending ? " DESC" : ""}`);
  return ` ORDER BY ${terms.join(", ")}`;
}

/** The apps behind a position. Where all keys ascend, rows compare as a whole, which an index by these keys serves. */
export function afterSql(
  dialect: Dialect,
  order: readonly AppOrder[],
  keys: readonly string[],
  position: AppPosition,
): SqlText {
  const values = order.map((_, at) => dialect.value(position[at] ?? null));
  if (order.every(({ descending }) => !descending)) {
    return concatSql(` AND (${keys.join(", ")}) > (`, joinSql(values, ", "), ")");
  }
  const isAfter = order.reduceRight<SqlText>((rest, { descending }, at) => {
    const [key, value] = [keys[at] ?? "", values[at] ?? dialect.value(null)];
    const isEqual = concatSql(`${key} = `, value, " AND ");
    return concatSql(`(${key} ${descending ? "<" : ">"} `, value, " OR (", isEqual, rest, "))");
  }, concatSql("FALSE"));
  return concatSql(" AND ", isAfter);
}
