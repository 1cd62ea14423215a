/**
 * OSC 52: the terminal puts the text into the clipboard of the person's own machine, also over ssh. tmux takes it where its
 * `set-clipboard` is `on`; what is wrapped it hands on where `allow-passthrough` is, so that either option is enough.
 */
export function copyToClipboard(
  stdout: Pick<NodeJS.WriteStream, "write">,
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): void {
  const sequence = `\u001B]52;c;${Buffer.from(text).toString("base64")}\u0007`;
  const isInTmux = (env["TMUX"] ?? "") !== "";
  const wrapped = `\u001BPtmux;${sequence.replaceAll("\u001B", "\u001B\u001B")}\u001B\\`;
  stdout.write(isInTmux ? sequence + wrapped : sequence);
}

/**
 * Whether what is too long for a row goes on in the next one. It must not while the editor draws: terminals disagree
 * on the width of some emoji, and one row too many would push the whole screen up.
 */
export function setAutowrap(stdout: NodeJS.WriteStream, wraps: boolean): void {
  stdout.write(`\u001B[?7${wraps ? "h" : "l"}`);
}

/** Stops the foreground job, as Ctrl-Z does where the terminal is not raw; returns when it goes on. */
export function suspendProcess(): void {
  if (process.platform !== "win32") process.kill(0, "SIGTSTP");
}
