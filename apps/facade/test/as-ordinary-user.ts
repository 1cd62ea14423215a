/** The superuser may write everywhere, so tests that run as it give that up for a moment. */
export function asOrdinaryUser<Result>(action: () => Result): Result {
  if (process.geteuid?.() !== 0) {
    return action();
  }
  process.seteuid?.(65_534);
  try {
    return action();
  } finally {
    process.seteuid?.(0);
  }
}

/** As `asOrdinaryUser`, until what was begun is done. */
export async function untilDoneAsOrdinaryUser<Result>(action: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return action();
  process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
  }
}
