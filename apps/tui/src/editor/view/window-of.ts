/** The part of a list that is shown: `count` items around the current one. */
export function windowOf<Item>(items: readonly Item[], at: number, count: number): readonly Item[] {
  const most = Math.max(0, count);
  const middle = Math.max(0, at) - Math.floor(most / 2);
  const start = Math.max(0, Math.min(middle, items.length - most));
  return items.slice(start, start + most);
}
