/** One row: its cells are texts, numbers, true, false, or null where there is no value. */
export type Row = readonly Cell[];

/** A value of a row. */
export type Cell = string | number | boolean | null;

/** Data as rows, with the names of their columns where it has any. */
export interface Records {
  readonly header: readonly string[] | undefined;
  readonly rows: readonly Row[];
}

/**
 * Data as rows: each item of an array, or the value itself. Members of objects become columns, inner ones with a dot, such
 * as `summary.failedDeviceCount`. Arrays of arrays and of single values have no names of columns, nor has an empty array.
 */
export function recordsOf(value: unknown): Records {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length === 0) return { header: undefined, rows: [] };
  if (items.every(isObject)) return recordsOfObjects(items.map((item) => flat(item)));
  if (items.every((item) => Array.isArray(item))) {
    return { header: undefined, rows: items.map((item) => item.map(cellOf)) };
  }
  return { header: undefined, rows: items.map((item) => [cellOf(item)]) };
}

function recordsOfObjects(objects: readonly ReadonlyMap<string, Cell>[]): Records {
  const header = [...new Set(objects.flatMap((object) => [...object.keys()]))];
  return { header, rows: objects.map((object) => header.map((name) => object.get(name) ?? null)) };
}

/** The members of an object with those of its inner objects. */
function flat(object: object, prefix = ""): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const [name, member] of Object.entries(object)) {
    if (member === undefined) continue;
    if (!isObject(member)) cells.set(prefix + name, cellOf(member));
    else for (const [inner, cell] of flat(member, `${prefix}${name}.`)) cells.set(inner, cell);
  }
  return cells;
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return JSON.stringify(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
