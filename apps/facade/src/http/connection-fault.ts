/** Why a request got no response, in the words of the failed connection where there was one. */
export function connectionFaultText(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  // A name with several addresses has an error for each of them.
  const errors: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [];
  const first = errors[0] ?? cause;
  return first instanceof Error && first.message !== "" ? first.message : String(first);
}
