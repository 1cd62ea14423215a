import { constants, openSync, write, writeSync } from "node:fs";
import { isatty } from "node:tty";

/** Where the lines of a log go. */
export interface LogDestination {
  write(line: string): unknown;
}

/** Lines are written once this many bytes wait. */
const flushBytes = 64 * 1024;
/** Lines are written after this time at the latest. */
const flushMilliseconds = 100;
/** This many bytes may wait for a reader that has stopped; later lines are dropped. */
const maxBytes = 1024 * 1024;
/** UTF-8 takes as many bytes for a UTF-16 unit. */
const maxUnitBytes = 3;

/**
 * Opens an output for the lines of a log, standard output by default. Lines are written together, since a write per
 * line costs more than the request that it reports. A reader that has stopped, a closed pipe, a held terminal or a
 * full disk costs lines of the log; it never delays a request or the end of the process.
 *
 * Two facts about Node make this necessary. A write that blocks occupies a thread that the end of the process waits
 * for, so every write here must return at once. And pino's own destination keeps retrying a full pipe, which keeps the
 * process alive until it is read.
 */
export function openLogOutput(stream: { readonly fd: number } = process.stdout): LogDestination {
  const fd = openWithoutBlocking(stream);
  let waiting = Buffer.allocUnsafe(2 * flushBytes);
  let length = 0;
  let isWriting = false;

  setInterval(flush, flushMilliseconds).unref();
  process.once("exit", () => {
    // While a write is under way its reader has stopped, and later lines must not overtake it.
    if (!isWriting) writeNow(fd, waiting.subarray(0, length));
  });

  return {
    write(line) {
      if (length >= maxBytes) return;
      makeRoom(line.length * maxUnitBytes);
      // As bytes at once, while the line is in the processor's cache: joined with others it would cost three times as much.
      length += waiting.write(line, length);
      if (length >= flushBytes) flush();
    },
  };

  function makeRoom(bytes: number): void {
    if (waiting.length - length >= bytes) return;
    const larger = Buffer.allocUnsafe(2 * (length + bytes));
    waiting.copy(larger, 0, 0, length);
    waiting = larger;
  }

  function flush(): void {
    if (isWriting || length === 0) return;
    const bytes = waiting.subarray(0, length);
    waiting = Buffer.allocUnsafe(2 * flushBytes);
    length = 0;
    isWriting = true;
    send(bytes);
  }

  function send(bytes: Buffer): void {
    write(fd, bytes, (error, written) => {
      if (error === null && written < bytes.length) send(bytes.subarray(written));
      // The pipe or terminal is full.
      else if (error?.code === "EAGAIN") setTimeout(send, flushMilliseconds, bytes).unref();
      else isWriting = false;
    });
  }
}

/**
 * The descriptor to write to. Node makes a pipe non-blocking when it opens the stream, which is why the stream is asked
 * for its descriptor instead of naming 1. It keeps a terminal blocking, so a terminal is opened once more.
 */
function openWithoutBlocking({ fd }: { readonly fd: number }): number {
  if (!isatty(fd)) return fd;
  try {
    return openSync(`/dev/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // Windows, or a terminal that belongs to another user.
    return fd;
  }
}

function writeNow(fd: number, bytes: Buffer): void {
  try {
    let rest = bytes;
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  } catch {
    // The output is closed or full, and the process ends.
  }
}
