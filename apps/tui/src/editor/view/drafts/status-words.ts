import { sentBy, type FoundDraft } from "../../../changes/drafts/draft.ts";
import { briefTime } from "../../../words/clock-time.ts";
import { shortVersion, versionText } from "../../../words/version-text.ts";
import type { KnownApp } from "../../../words/known-app.ts";
import type { DraftStatus, SentFound, Unread } from "../../model/found-drafts.ts";
import type { Glyphs } from "../glyphs.ts";
import { accent, dim, wrong, type Span } from "../line.ts";
import { outsideText } from "../outside-text.ts";

/** The widest of these words, with their sign. */
export const statusWidth = 27;

/** A few words, and a sign where something is to be decided, or to be known before that. */
export interface StatusWords {
  readonly text: string;
  readonly sign?: Span;
}

/** What a draft meets, of which so many counters are to be decided. */
export function statusWords(
  status: DraftStatus,
  { draft, savedAt }: FoundDraft,
  open: number,
  now: number,
  glyphs: Glyphs,
): StatusWords {
  const { etag } = draft.app;
  const own = etag === undefined ? undefined : outsideText(versionText(etag), glyphs);
  const sign = open === 0 ? {} : { sign: wrong(`${glyphs.differs} ${open}`) };
  const withOwn = (text: string): string => (own === undefined ? text : `${own}, ${text}`);
  switch (status.kind) {
    case "sent": {
      const sent = sentWords(status.found, sentBy(draft)?.change.etag, glyphs);
      return { ...sent, text: `sent ${briefTime(status.sentAt, now)}, ${sent.text}` };
    }
    case "same":
      return { text: own === undefined ? "unchanged" : `${own} still`, ...sign };
    case "newer": {
      const there = nowWords(etag, status.latest, glyphs);
      return { text: status.latest.etag === etag ? there : withOwn(there), ...sign };
    }
    case "older":
      return { text: `older: saved ${briefTime(savedAt, now)}` };
    case "edited":
      return { text: "the app is edited here" };
    case "reading":
    case "gone":
    case "unreadable":
      return { text: withOwn(unreadText(status, glyphs)), ...sign };
  }
}

/** What became of a draft that was sent, on the version `read`. */
function sentWords(found: SentFound, read: string | undefined, glyphs: Glyphs): Required<StatusWords> {
  switch (found.kind) {
    case "applied":
      return { text: "applied", sign: accent(glyphs.done) };
    case "valuesThere":
      return { text: "values there", sign: wrong("?") };
    case "notApplied":
      return { text: "not applied", sign: dim(glyphs.unchanged) };
    case "mayBeMissing":
      return { text: "may have been applied", sign: wrong("?") };
    case "overtaken":
      return {
        text: nowWords(read, found.latest, glyphs),
        sign: wrong(glyphs.differs),
      };
    case "reading":
    case "gone":
    case "unreadable":
      return { text: unreadText(found, glyphs), sign: wrong("?") };
  }
}

/** The version that is there now; where it is the same, that its values are others. */
function nowWords(read: string | undefined, latest: KnownApp, glyphs: Glyphs): string {
  if (latest.etag === undefined || latest.etag === read) return "other values";
  return `now ${outsideText(shortVersion(latest.etag), glyphs)}`;
}

function unreadText(unread: Unread, glyphs: Glyphs): string {
  if (unread.kind === "unreadable") return unread.what === "log" ? "log not read" : "not read";
  return unread.kind === "reading" ? `reading ${glyphs.goesOn}` : "not in the list";
}
