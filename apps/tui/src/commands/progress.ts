/** Where progress is shown: only on a terminal. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Does the work; from one second on a line on the terminal says what it is at and for how long, and goes away with it.
 */
export async function withProgress<Result>(
  output: ProgressOutput,
  work: (say: (what: string) => void) => Promise<Result>,
): Promise<Result> {
  let what = "waiting for the server";
  const started = performance.now();
  const show = (): void => {
    const seconds = Math.round((performance.now() - started) / 1000);
    output.write(`\r\u001b[K${what} … ${seconds} s`);
  };
  const timer = output.isTTY === true ? setInterval(show, 1000) : undefined;
  try {
    return await work((text) => {
      what = text;
    });
  } finally {
    clearInterval(timer);
    if (timer !== undefined && performance.now() - started >= 1000) output.write("\r\u001b[K");
  }
}
