import type { Socket } from "node:net";
import { bytesTaken } from "./bytes-taken.ts";

/** What is looked at of a connection. */
export type LookedAt = Pick<Socket, "bytesRead" | "bytesWritten" | "timeout" | "writableLength">;

/** Measures how long nothing was taken or received on a connection. */
export interface QuietTimes {
  /** The time-out of a connection, in milliseconds: Node then tells where it was quiet for that long. */
  readonly step: number;
  /** Whether the whole time is over, each time that Node tells of a connection. */
  isOver(socket: LookedAt): boolean;
}

/** Of a caller that takes a part, Node may tell one step late, and is asked in the next one: both are a second at most. */
const maxStep = 500;

/**
 * Measures a time in steps, since Node begins a new time-out for what this program writes, and not for each part of it that a
 * caller takes.
 */
export function measureQuiet(milliseconds: number): QuietTimes {
  const steps = Math.ceil(milliseconds / maxStep);
  const step = milliseconds / steps;
  const quiet = new WeakMap<LookedAt, { readonly mark: string; readonly steps: number }>();
  return {
    step,
    isOver(socket) {
      // Another time was set: that between two requests, or that of a long upload.
      if (socket.timeout !== step) return true;
      const mark = `${socket.bytesRead} ${bytesTaken(socket)}`;
      const last = quiet.get(socket);
      // Something may have been taken at the end of the first step in which it is seen.
      const count = last?.mark === mark ? last.steps + 1 : 0;
      quiet.set(socket, { mark, steps: count });
      return count >= steps;
    },
  };
}
