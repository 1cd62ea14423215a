import { createInterface } from "node:readline/promises";

/** Where a person is asked: the reply comes from standard input, and the question is written to standard error. */
export interface AskStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
  /** Ends the question; the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Asks a question whose reply is yes or no, and resolves to whether it was yes. Undefined where the question cannot be
 * seen or replied to.
 */
export async function ask(
  question: string,
  { stdin, stderr, signal }: AskStreams,
): Promise<boolean | undefined> {
  if (!stdin.isTTY || !stderr.isTTY || stdin.readableEnded) return undefined;
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
