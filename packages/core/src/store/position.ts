/** A position between two apps in the order of name key and id. It stays valid while apps come and go. */
export interface AppPosition {
  readonly nameKey: string;
  readonly id: string;
}

/** The position before the first app. */
export const firstPosition: AppPosition = { nameKey: "", id: "" };

/** The cursor that leads to a position: its id, a space, its name key. */
export function formatCursor({ nameKey, id }: AppPosition): string {
  return `${id} ${nameKey}`;
}

/** Parses a cursor. Every text leads to some position, so that a damaged cursor cannot fail a query. */
export function parseCursor(cursor: string): AppPosition {
  const [id = "", ...nameKey] = cursor.split(" ");
  return { id, nameKey: nameKey.join(" ") };
}
