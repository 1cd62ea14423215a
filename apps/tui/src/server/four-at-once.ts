const atOnce = 4;

/**
 * Makes requests for some items, four at a time, and resolves to the responses in the order of the items. `say` is called
 * after each four.
 */
export async function fourAtOnce<Item, Result>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Result>,
  say?: () => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(ask))));
    say?.();
  }
  return results;
}
