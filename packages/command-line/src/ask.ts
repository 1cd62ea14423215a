import { createInterface } from "node:readline/promises";
import { setImmediate } from "node:timers/promises";

/** Where a person is asked: the reply comes from standard input, and the question is written to standard error. */
export interface AskStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  /** Ends the question; the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Asks a question whose reply is yes or no, and resolves to whether it was yes. Undefined where the question cannot be
 * seen or replied to. Lines that were typed before it was there are no reply.
 */
export async function ask(
  question: string,
  { stdin, stderr, signal }: AskStreams,
): Promise<boolean | undefined> {
  if (!stdin.isTTY || !stderr.isTTY || stdin.readableEnded) return undefined;
  await dropLines(stdin);
  // Without readline's terminal mode the terminal itself edits the line, and Ctrl-C stays a signal.
  const lines = createInterface({ input: stdin, output: stderr, terminal: false });
  const end = new Promise<undefined>((resolve) => {
    lines.once("close", () => resolve(undefined));
  });
  try {
    const replied = lines.question(`${question} [y/N] `, { ...(signal !== undefined && { signal }) });
    const reply = await Promise.race([replied, end]);
    if (reply === undefined) stderr.write("\n");
    return /^y(?:es)?$/i.test(reply?.trim() ?? "");
  } finally {
    lines.close();
  }
}

/** Reads what waits on the terminal, and gives it to no one. */
async function dropLines(stdin: NodeJS.ReadStream): Promise<void> {
  let isDropped = false;
  const drop = (): void => {
    while (stdin.read() !== null) isDropped = true;
  };
  stdin.on("readable", drop);
  do {
    isDropped = false;
    // In each turn Node asks the system once, which hands on one line; what it asks in this one may be settled already.
    await setImmediate();
    await setImmediate();
  } while (isDropped);
  stdin.off("readable", drop);
  // Node tells the next listener of what is there only once it knows that this one has gone.
  await setImmediate();
}
