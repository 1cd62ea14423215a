import { exitCodes } from "@install-summary/command-line/errors";
import type { Finding } from "./finding.ts";

/** How far the clocks may be apart, in milliseconds: servers judge the times of tokens with about five minutes. */
const maxSkew = 5 * 60_000;
const noticed = 30_000;

/** Compares the clock of the server with that of this computer, both in milliseconds. */
export function checkClock(server: number, now: number): Finding {
  const apart = Math.abs(server - now);
  const seconds = Math.round(apart / 1000);
  if (apart <= noticed)
    return { check: "clock", result: "ok", message: "This computer and the server agree on the time." };
  const way = server > now ? "behind" : "ahead of";
  const message = `This computer's clock is ${seconds} s ${way} the server's.`;
  const mend = "Set the clock: tokens begin and expire by it.";
  return apart > maxSkew
    ? { check: "clock", result: "failed", message, mend, exit: exitCodes.usage }
    : { check: "clock", result: "warning", message, mend };
}
