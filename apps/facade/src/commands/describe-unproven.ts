/** That what was made of a store may hold more than callers know of, since its log, `file`, could not be proven. */
export function describeUnproven(file: string, unproven: string, made: "backup" | "report"): string {
  return `The log ${file}-wal could not be written anew. It ${unproven}. The ${made} may hold changes whose callers got an error.`;
}
