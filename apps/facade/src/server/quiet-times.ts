import type { Socket } from "node:net";

/** What is looked at of a connection. */
export type LookedAt = Pick<Socket, "bytesRead" | "bytesWritten" | "timeout" | "writableLength">;

/** Measures how long nothing was sent, taken or received on a connection. */
export interface QuietTimes {
  /** The time-out of a connection, in milliseconds: Node then tells where it was quiet for that long. */
  readonly step: number;
  /** Whether the whole time is over, each time that Node tells of a connection. */
  isOver(socket: LookedAt): boolean;
}

/** The maximum of milliseconds by which a time is over too late. */
const maxStep = 1000;

/**
 * Measures a time in steps. Node sees a caller that takes a part of a long response only when a time-out ends, and then
 * begins a second one: with the whole time as time-out it would be over after twice that.
 */
export function measureQuiet(milliseconds: number, now = (): number => performance.now()): QuietTimes {
  const steps = Math.ceil(milliseconds / maxStep);
  const step = milliseconds / steps;
  const quiet = new WeakMap<LookedAt, { readonly mark: string; readonly toldAt: number; steps: number }>();
  return {
    step,
    isOver(socket) {
      // Another time was set: that between two requests, or that of a long upload.
      if (socket.timeout !== step) return true;
      const mark = `${socket.bytesRead} ${socket.bytesWritten} ${socket.writableLength}`;
      const last = quiet.get(socket);
      const toldAt = now();
      // Where Node saw a part taken, it tells one step later than it would have.
      const goesOn = last !== undefined && last.mark === mark && toldAt - last.toldAt < step * 1.5;
      const count = goesOn ? last.steps + 1 : 1;
      quiet.set(socket, { mark, toldAt, steps: count });
      return count >= steps;
    },
  };
}
