/** What decides when an item of a batch runs. */
export interface OrderedItem {
  /** The items before it that must succeed first, by their indexes. */
  readonly dependsOn: readonly number[];
  /** Items with the same key run one after the other, in order. */
  readonly key: string | undefined;
}

/** How items run, and what is said of them. */
export interface ItemRun<Item extends OrderedItem, Outcome> {
  readonly run: (item: Item) => Promise<Outcome>;
  /** The outcome of an item that does not run, because the one of that index has failed. */
  readonly skip: (item: Item, failed: number) => Promise<Outcome>;
  readonly hasFailed: (outcome: Outcome) => boolean;
}

/** Runs items together where nothing asks for an order, and returns their outcomes in the order of the items. */
export function runInOrder<Item extends OrderedItem, Outcome>(
  items: readonly Item[],
  { run, skip, hasFailed }: ItemRun<Item, Outcome>,
): Promise<readonly Outcome[]> {
  const outcomes: Promise<Outcome>[] = [];
  const last = new Map<string, Promise<Outcome>>();
  for (const item of items) {
    const outcome = runAfter(item, item.key === undefined ? undefined : last.get(item.key));
    outcomes.push(outcome);
    if (item.key !== undefined) last.set(item.key, outcome);
  }
  return Promise.all(outcomes);

  async function runAfter(item: Item, earlier: Promise<Outcome> | undefined): Promise<Outcome> {
    await earlier;
    for (const index of item.dependsOn) {
      const outcome = await outcomes[index];
      if (outcome !== undefined && hasFailed(outcome)) return skip(item, index);
    }
    return run(item);
  }
}
