import type { Readable } from "node:stream";
import { withRead } from "./with-read.ts";

/**
 * The same input. `tell` hears when what was read first is taken, where something was there already, and when that has been
 * done: the reader takes one read after the other.
 */
export function withFirstRead<Input extends Readable>(
  stdin: Input,
  isThere: boolean,
  tell: (isFirst: boolean) => void,
): Input {
  let next: "waiting" | "given" | "done" = isThere ? "waiting" : "done";
  return withRead(stdin, () => {
    if (next === "given") {
      next = "done";
      tell(false);
    }
    const chunk: unknown = stdin.read();
    if (next === "waiting" && chunk !== null) {
      next = "given";
      tell(true);
    }
    return chunk;
  });
}
