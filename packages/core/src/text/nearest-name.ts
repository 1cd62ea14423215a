const maxLength = 64;

/** The candidate that a misspelt name most likely meant, or undefined when none is near. */
export function nearestName<Name extends string>(
  name: string,
  candidates: readonly Name[],
): Name | undefined {
  if (name.length > maxLength) return undefined;
  const lowerName = name.toLowerCase();
  let nearest: Name | undefined;
  // A third of the letters may be wrong, at least two, but never all of them.
  let maxSteps = Math.min(Math.max(2, Math.floor(name.length / 3)), name.length - 1);
  for (const candidate of candidates) {
    const steps = editDistance(lowerName, candidate.toLowerCase(), maxSteps);
    if (steps > maxSteps) continue;
    maxSteps = steps - 1;
    nearest = candidate;
  }
  return nearest;
}

/**
 * The Levenshtein distance of two texts: how many letters have to be inserted, removed or replaced. Above `max` the
 * result is some number above `max`, found early.
 */
function editDistance(one: string, other: string, max: number): number {
  // Nothing costs a step where both begin or end alike.
  let start = 0;
  let oneEnd = one.length;
  let otherEnd = other.length;
  while (start < oneEnd && start < otherEnd && one[start] === other[start]) start += 1;
  while (oneEnd > start && otherEnd > start && one[oneEnd - 1] === other[otherEnd - 1]) {
    oneEnd -= 1;
    otherEnd -= 1;
  }
  const height = oneEnd - start;
  const width = otherEnd - start;
  // Each letter of difference in length costs a step.
  if (Math.abs(height - width) > max) return max + 1;
  if (height === 0 || width === 0) return Math.max(height, width);

  // A row of the table: the distances of the letters of `one` so far from each beginning of `other`.
  const row = new Uint16Array(width + 1).map((_, index) => index);
  for (let i = 1; i <= height; i += 1) {
    const letter = one.charCodeAt(start + i - 1);
    let diagonal = i - 1;
    let left = i;
    let least = left;
    row[0] = i;
    for (let j = 1; j <= width; j += 1) {
      const above = row[j] ?? 0;
      const replaced = diagonal + (letter === other.charCodeAt(start + j - 1) ? 0 : 1);
      left = Math.min(replaced, above + 1, left + 1);
      row[j] = left;
      diagonal = above;
      least = Math.min(least, left);
    }
    // No later row can fall below the least of this one.
    if (least > max) return max + 1;
  }
  return row[width] ?? 0;
}
