import { withProgress as showProgress, type ProgressOutput } from "@install-summary/command-line/progress";

/** Does the work; from one second on a line on the terminal says what it is at and for how long. */
export function withProgress<Result>(
  output: ProgressOutput,
  work: (say: (what: string) => void) => Promise<Result>,
): Promise<Result> {
  let what = "waiting for the server";
  const started = performance.now();
  const describe = (): string => `${what} … ${Math.round((performance.now() - started) / 1000)} s`;
  const say = (text: string): void => {
    what = text;
  };
  return showProgress(output, describe, () => work(say));
}
