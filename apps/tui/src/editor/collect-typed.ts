import { setImmediate } from "node:timers/promises";

/** What is typed before there is something that takes keys. */
export interface Typed {
  /** Leaves what was typed to the one who listens next, and says whether there is anything. */
  handOn(): Promise<boolean>;
  /** Gives the keys back to the terminal. */
  end(): void;
}

/** Takes the keys of a terminal from now on, and keeps them: it shows none of them, and Enter stays what it is. */
export function collectTyped(stdin: NodeJS.ReadStream): Typed {
  stdin.setEncoding("utf8").setRawMode(true);
  stdin.on("readable", collect);
  return {
    async handOn() {
      stdin.off("readable", collect);
      // Node tells the next listener of what is there only once it knows that this one has gone.
      await setImmediate();
      return stdin.readableLength > 0;
    },
    end: () => void stdin.off("readable", collect).setRawMode(false),
  };
}

/** While anything listens, Node reads. */
function collect(): void {}
