import { write, writeSync } from "node:fs";

/** Where the lines of a log go. */
export interface LogDestination {
  write(line: string): unknown;
}

/** As many characters go out together at once. */
const enough = 8192;
/** As many may wait for a reader that has stopped; what comes then is dropped. */
const most = 1024 * 1024;

/**
 * A file descriptor for the lines of a log. They go out together, 100 milliseconds late at most, since a write for each
 * line costs more than the request that it tells of. Whoever stops reading stops nobody else, and a closed pipe, a
 * terminal that is gone or a full disk costs lines of the log, never the service or its end.
 */
export function openLogOutput(fd: number): LogDestination {
  let waiting = "";
  let isWriting = false;

  setInterval(flush, 100).unref();
  process.once("exit", () => {
    // What is still on its way waits for a reader: nothing may come before it.
    if (isWriting || waiting === "") return;
    try {
      writeSync(fd, waiting);
    } catch {
      // There is nobody left to tell.
    }
  });

  return {
    write(line) {
      if (waiting.length < most) waiting += line;
      if (waiting.length >= enough) flush();
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
      // A pipe that is full.
      else if (error?.code === "EAGAIN") setTimeout(send, 100, bytes).unref();
      else isWriting = false;
    });
  }
}
