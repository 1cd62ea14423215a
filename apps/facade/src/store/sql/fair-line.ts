/** What was taken out of a line, and whose it is. */
export interface FairItem<Item> {
  readonly key: string;
  readonly item: Item;
}

/** A line in which one who adds much does not make the others wait for all of it. */
export interface FairLine<Item> {
  /** Adds an item of someone. */
  add(key: string, item: Item): void;
  /**
   * Takes the next item out: of each key in turn, and of one key in the order in which they were added. A key that is not free
   * keeps its place.
   */
  take(isFree?: (key: string) => boolean): FairItem<Item> | undefined;
  /** Takes an item of a key out, whose turn it is not; false where it is not in the line. */
  remove(key: string, item: Item): boolean;
  /** Takes all items out. */
  clear(): readonly Item[];
}

/** Makes an empty line. */
export function createFairLine<Item>(): FairLine<Item> {
  // In the order in which the keys have their turn.
  const lines = new Map<string, Item[]>();
  return {
    add(key, item) {
      const line = lines.get(key);
      if (line === undefined) lines.set(key, [item]);
      else line.push(item);
    },
    take(isFree = () => true) {
      for (const [key, [item, ...rest]] of lines) {
        if (item === undefined || !isFree(key)) continue;
        lines.delete(key);
        if (rest.length > 0) lines.set(key, rest);
        return { key, item };
      }
      return undefined;
    },
    remove(key, item) {
      const line = lines.get(key) ?? [];
      const at = line.indexOf(item);
      if (at === -1) return false;
      line.splice(at, 1);
      if (line.length === 0) lines.delete(key);
      return true;
    },
    clear() {
      const all = [...lines.values()].flat();
      lines.clear();
      return all;
    },
  };
}
