import { isDeepStrictEqual } from "node:util";
import {
  counterNames,
  type InstallSummaryEdit,
  type InstallSummaryPatch,
  type SentPatch,
} from "@install-summary/core";
import type { KnownApp } from "../../words/known-app.ts";

/** The edits of one app, as they are kept on disk until they are sent or dropped. */
export interface Draft {
  /** The app as it was read: the version that the edits were made on. */
  readonly app: KnownApp;
  /** When that was, in milliseconds. */
  readonly readAt: number;
  readonly edits: InstallSummaryEdit;
  /** Stays behind when others are sent. */
  readonly leftOut: boolean;
  /** What was sent, where no response has told what became of it. */
  readonly pending: SentDraft | undefined;
  /** Whether the edits were sent on an older version, and may have been applied there. */
  readonly wasOvertaken: boolean;
  /** That change, until a log tells whether it was applied. */
  readonly overtaken?: OvertakenChange;
  /** Edited counters that others have changed since, each with the value that it had when it was edited. */
  readonly contested: InstallSummaryPatch;
  /** The version that the edits were made on, where they were moved to `app`; on disk while something is contested. */
  readonly movedFrom?: KnownApp;
  /** Which change the edits take back, by which values. */
  readonly takesBack?: { readonly version: number | undefined; readonly patch: InstallSummaryPatch };
}

/** A change that was sent, exactly as it went out. */
export interface SentDraft {
  readonly change: SentPatch;
  readonly clientRequestId: string;
  /** When it was sent first, in milliseconds. */
  readonly sentAt: number;
}

/** A change that was sent and overtaken by others, while no log has told whether it was applied before that. */
export interface OvertakenChange extends SentDraft {
  /** The edits as they were typed, but for those that the person has decided on since. */
  readonly edits: InstallSummaryEdit;
}

/** What of a draft was sent, and nothing has told yet what became of it; undefined where nothing was. */
export function sentBy({ pending, overtaken }: Pick<Draft, "pending" | "overtaken">): SentDraft | undefined {
  return pending ?? overtaken;
}

/**
 * Whether a draft on disk says that a change was not sent which was, or which is no longer staged like that, by what is to
 * be there instead. Of the one request that a draft says was sent the next start tells what became, and of no later one.
 */
export function saysNotSent(kept: Draft | undefined, newest: Draft | undefined): boolean {
  if (kept === undefined) return false;
  if (newest === undefined) return kept.pending === undefined;
  const sent = sentBy(newest);
  if (sent !== undefined && sent.clientRequestId === kept.pending?.clientRequestId) return false;
  if (sent !== undefined && sent.clientRequestId !== kept.overtaken?.clientRequestId) return true;
  // What it would send is staged no more where another number was typed since, also after it was sent.
  return counterNames.some((name) => {
    const edit = kept.edits[name];
    return edit !== undefined && !isDeepStrictEqual(edit, newest.edits[name]);
  });
}

/** A draft that an editor has left behind. */
export interface FoundDraft {
  /** The name of its file, which says whose it was. */
  readonly key: string;
  /** When it was written, in milliseconds. */
  readonly savedAt: number;
  readonly draft: Draft;
}

/** The server and the tenant that drafts belong to. */
export interface DraftPlace {
  readonly url: string;
  /** Empty where the token does not tell. */
  readonly tenant: string;
}
