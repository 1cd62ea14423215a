/**
 * Merges runs, each of which is in order, into one sequence in order. Rows that are equal come in the order of their runs.
 * Holds one row of each run.
 */
export function* mergeRuns<Row>(
  runs: readonly Iterable<Row>[],
  compare: (one: Row, other: Row) => number,
): Generator<Row, undefined> {
  const heads: Head<Row>[] = [];
  for (const [order, run] of runs.entries()) {
    const rows = run[Symbol.iterator]();
    const first = rows.next();
    if (first.done !== true) heads.push({ row: first.value, rows, order });
  }
  const isBefore = (one: Head<Row>, other: Head<Row>): boolean =>
    (compare(one.row, other.row) || one.order - other.order) < 0;
  // A heap: each head is before the two at twice its place, so that the first one is before all.
  for (let place = heads.length >> 1; place >= 0; place -= 1) sink(heads, place, isBefore);
  for (let first = heads[0]; first !== undefined; first = heads[0]) {
    yield first.row;
    const next = first.rows.next();
    if (next.done !== true) first.row = next.value;
    else {
      const last = heads.pop();
      if (last !== undefined && last !== first) heads[0] = last;
    }
    sink(heads, 0, isBefore);
  }
  return undefined;
}

/** Where a run has come to. */
interface Head<Row> {
  row: Row;
  readonly rows: Iterator<Row>;
  readonly order: number;
}

/** Moves a head down to where it is before both that follow it. */
function sink<Row>(
  heads: Head<Row>[],
  from: number,
  isBefore: (one: Head<Row>, other: Head<Row>) => boolean,
): void {
  for (let place = from; ;) {
    const head = heads[place];
    const [left, right] = [2 * place + 1, 2 * place + 2];
    const [one, other] = [heads[left], heads[right]];
    if (head === undefined || one === undefined) return;
    const isRight = other !== undefined && isBefore(other, one);
    const next = isRight ? other : one;
    if (isBefore(head, next)) return;
    [heads[place], heads[isRight ? right : left]] = [next, head];
    place = isRight ? right : left;
  }
}
