/** The candidate that a misspelt name most likely meant, or undefined when none is near. */
export function nearestName<Name extends string>(
  name: string,
  candidates: readonly Name[],
): Name | undefined {
  if (name.length > 64) return undefined;
  let nearest: Name | undefined;
  // A name of which every letter would have to change is no misspelling.
  let least = Math.min(Math.max(2, Math.floor(name.length / 3)) + 1, name.length);
  for (const candidate of candidates) {
    const steps = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (steps < least) {
      least = steps;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Levenshtein's distance: how many letters must be put in, taken out or exchanged. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let above = 0; above < from.length; above += 1) {
    let last = above + 1;
    const next = [last];
    for (let left = 0; left < to.length; left += 1) {
      const exchanged = (row[left] ?? 0) + (from[above] === to[left] ? 0 : 1);
      last = Math.min(exchanged, (row[left + 1] ?? 0) + 1, last + 1);
      next.push(last);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
