/** An error with its causes, each once: they may name each other in a circle. */
export function withCauses(error: unknown): ReadonlySet<Error> {
  const causes = new Set<Error>();
  for (let each = error; each instanceof Error && !causes.has(each); each = each.cause) causes.add(each);
  return causes;
}
