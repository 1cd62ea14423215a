/** Where progress is shown: only on a terminal. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/**
 * Does work; from one second on a line on the terminal describes it, anew each second, and goes away with it. Without an
 * output nothing is shown.
 */
export async function withProgress<Result>(
  output: ProgressOutput | undefined,
  describe: () => string,
  work: () => Promise<Result>,
): Promise<Result> {
  if (output?.isTTY !== true) return work();
  let isShown = false;
  const timer = setInterval(() => {
    isShown = true;
    // A line that the terminal breaks could not be rewritten.
    output.write(eraseLine + describe().slice(0, (output.columns ?? 80) - 1));
  }, 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (isShown) output.write(eraseLine);
  }
}

const eraseLine = "\r\u001b[K";
