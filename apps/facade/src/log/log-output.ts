import { constants, openSync, write, writeSync } from "node:fs";
import { isatty } from "node:tty";

/** Where the lines of a log go. */
export interface LogDestination {
  write(line: string): unknown;
}

/** Lines are written once this many characters wait. */
const flushCharacters = 64 * 1024;
/** Lines are written after this time at the latest. */
const flushMilliseconds = 100;
/** This many characters may wait for a reader that has stopped; later lines are dropped. */
const maxCharacters = 1024 * 1024;

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
  let waiting = "";
  let isWriting = false;

  setInterval(flush, flushMilliseconds).unref();
  process.once("exit", () => {
    // While a write is under way its reader has stopped, and later lines must not overtake it.
    if (!isWriting) writeNow(fd, Buffer.from(waiting));
  });

  return {
    write(line) {
      if (waiting.length < maxCharacters) waiting += line;
      if (waiting.length >= flushCharacters) flush();
    },
  };

  function flush(): void {
    if (isWriting || waiting === "") return;
    const bytes = Buffer.from(waiting);
    waiting = "";
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
