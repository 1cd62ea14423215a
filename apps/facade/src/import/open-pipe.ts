import { closeSync, constants, open, openSync } from "node:fs";
import { Socket } from "node:net";
import { untilStopped } from "../files/until-stopped.ts";

/**
 * Reads a named pipe to its end. A file that is opened and read holds a thread until another program writes, and the process
 * cannot end before; so `stop` ends the waiting for a writer, and then for what it writes.
 */
export async function* openPipe(path: string, stop: AbortSignal): AsyncGenerator<Uint8Array, undefined> {
  const pipe = new Socket({ fd: await whenWritten(path, stop), readable: true, writable: false });
  const end = (): void => void pipe.destroy();
  stop.addEventListener("abort", end);
  try {
    if (stop.aborted) end();
    for await (const chunk of pipe) yield chunk;
  } finally {
    stop.removeEventListener("abort", end);
    end();
  }
}

/** Opens a pipe once another program opens it to write. */
async function whenWritten(path: string, stop: AbortSignal): Promise<number> {
  // Opening waits for a writer, which this is. Who may only read the pipe cannot be one.
  const wake = (): void => {
    try {
      closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch {
      // The pipe is gone, has a writer, or may only be read.
    }
  };
  stop.addEventListener("abort", wake);
  try {
    return await untilStopped(openToRead(path), stop);
  } finally {
    stop.removeEventListener("abort", wake);
  }
}

function openToRead(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, "r", (error, handle) => {
      if (error === null) resolve(handle);
      else reject(error);
    });
  });
}
