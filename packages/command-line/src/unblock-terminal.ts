import { closeSync, constants, openSync } from "node:fs";

/**
 * Lets writes to a terminal return at once, as those to a pipe do; what it does not take yet waits in the process. Node makes
 * them wait for a terminal that is held, by Ctrl-S or by a window that nobody reads, and then no listener hears a signal.
 * Node has no public word for it; without one a terminal holds the process as before.
 */
export function unblockTerminal(stream: NodeJS.WriteStream & { readonly fd: number }): void {
  // Elsewhere a descriptor that is opened again is the shell's own, which would not wait any more either.
  if (process.platform !== "linux" || !stream.isTTY || !canReopen(stream.fd)) return;
  const handle: unknown = Reflect.get(stream, "_handle");
  if (canUnblock(handle)) handle.setBlocking(false);
}

/**
 * Whether Node could open the terminal once more for itself. One of another user, as after `su`, it shares with the shell, and
 * tries a write that does not go through again and again.
 */
function canReopen(fd: number): boolean {
  try {
    closeSync(openSync(`/dev/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY));
    return true;
  } catch {
    return false;
  }
}

function canUnblock(handle: unknown): handle is { setBlocking(isBlocking: boolean): unknown } {
  return (
    typeof handle === "object" &&
    handle !== null &&
    "setBlocking" in handle &&
    typeof handle.setBlocking === "function"
  );
}
