/** Why a program cannot start: one line for the person who started it, who can mend it. */
export class StartError extends Error {
  override readonly name = "StartError";
}
