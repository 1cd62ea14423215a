import { counterNames, judgeOutcome, type ChangeOutcome, type SentPatch } from "@install-summary/core";
import type { KnownApp } from "../words/known-app.ts";

/** Whether an app is still as it was read: the version alone does not tell, since that of a store made anew may be the same. */
export function isAsRead(read: KnownApp, now: KnownApp): boolean {
  return read.etag === now.etag && hasSameValues(read, now);
}

/** What became of a change that was made on an app as it was read. Where its version has other values it is another one. */
export function judgeSent(change: SentPatch, read: KnownApp, now: KnownApp): ChangeOutcome {
  const outcome = judgeOutcome(change, { summary: now.installSummary, etag: now.etag });
  // Without ETags it has judged by the values already.
  const isOther = now.etag !== undefined && !hasSameValues(read, now);
  return outcome === "notApplied" && isOther ? "overtaken" : outcome;
}

function hasSameValues(one: KnownApp, other: KnownApp): boolean {
  return counterNames.every((name) => one.installSummary[name] === other.installSummary[name]);
}
