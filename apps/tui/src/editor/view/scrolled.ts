/** The items from `top` on that there is room for; never scrolled past the last one. */
export function scrolled<Item>(items: readonly Item[], top: number, height: number): readonly Item[] {
  const start = Math.max(0, Math.min(top, items.length - height));
  return items.slice(start, start + Math.max(0, height));
}
