/**
 * How long a command may take to end once it is asked to, in milliseconds. `contract verify` waits for a change on its way, for
 * 30 s, and then puts the counters of a person back, which may have to wait for a busy server. Nothing else has to be put right.
 */
export function stopDeadline(command: string): number {
  return command === "contract" ? 180_000 : 10_000;
}
