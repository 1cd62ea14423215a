import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Collects what is no longer used, now. Reading a long list leaves more behind than the list takes, and Node would keep that
 * until it needs the room. It stops the program for about a tenth of a second.
 */
export function releaseGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect();
}
