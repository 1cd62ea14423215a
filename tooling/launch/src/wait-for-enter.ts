import { onStop } from "./on-stop.ts";

/** Waits until a person at the terminal presses Enter; gives false where they end instead. */
export async function waitForEnter(): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const forget = onStop(["SIGINT", "SIGTERM", "SIGHUP"], () => resolve(false));
  process.stdin.once("data", () => resolve(true)).once("end", () => resolve(false));
  const goesOn = await promise;
  // The keys are the editor's from now on.
  process.stdin.pause();
  forget();
  return goesOn;
}
