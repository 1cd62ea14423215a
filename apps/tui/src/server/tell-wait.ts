/** Is told what is waited for as the wait begins; what it gives is called as the wait ends. */
export type TellWait = (what: string) => () => void;

/** Tells nobody. */
export const quietly: TellWait = () => () => undefined;

/** How long a person sees nothing, in milliseconds. */
const patience = 1000;

/** Where a wait is told. */
export interface WaitOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

// On a terminal a line that is drawn anew each second may stand there.
const eraseLine = "\r\u001b[K";

/** Writes what is waited for, once it has taken a while. */
export function tellSlowWait(output: WaitOutput): TellWait {
  return (what) => {
    const timer = setTimeout(
      () => output.write(`${output.isTTY === true ? eraseLine : ""}${what}\n`),
      patience,
    );
    return () => clearTimeout(timer);
  };
}
