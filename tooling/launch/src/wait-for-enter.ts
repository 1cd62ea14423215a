import { onStop } from "./on-stop.ts";

/** Waits until the person at the terminal presses Enter; false if they end the program instead. */
export async function waitForEnter(): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const forget = onStop(["SIGINT", "SIGTERM", "SIGHUP"], () => resolve(false));
  process.stdin.once("data", () => resolve(true)).once("end", () => resolve(false));
  const goesOn = await promise;
  // From now on the editor reads the keys.
  process.stdin.pause();
  forget();
  return goesOn;
}
