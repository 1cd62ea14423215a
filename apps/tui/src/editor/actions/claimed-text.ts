/** How many drafts were brought back, and what became of them. */
export interface Claimed {
  /** How many were asked for. */
  readonly wanted: number;
  /** Why some could not be taken, as the end of a sentence; undefined where they are no longer there. */
  readonly reason: string | undefined;
  /** Those that are staged again. */
  readonly staged: number;
  /** Those that were sent and applied. */
  readonly applied: number;
  /** Those of which values alone tell that they were applied. */
  readonly valuesThere: number;
  /** Applied ones whose counters others have changed since. */
  readonly changedSince: number;
  /** Those whose values others have set meanwhile. */
  readonly thereAlready: number;
  /** Staged ones that have moved onto what others have made of their apps. */
  readonly moved: number;
  /** Staged ones of which others have made some edits by themselves. */
  readonly partly: number;
  /** Other drafts of these apps. */
  readonly left: number;
  /** Staged ones that were sent, and are read before anything else is sent. */
  readonly toRead: number;
  /** Drafts that can still be brought back: the person stays with them. */
  readonly others: number;
  /** Counters that others have changed too: their table comes first. */
  readonly open: number;
}

/** What is said once drafts were brought back. The most important comes first: what is cut of a long message is its end. */
export function claimedText(claimed: Claimed): string {
  const { wanted, staged, applied, valuesThere, changedSince, thereAlready, moved, partly, left, toRead } =
    claimed;
  const missing = wanted - staged - applied - thereAlready;
  const nothingLeft = applied + thereAlready;
  const facts = [
    ...(toRead > 0 ? [`${toRead} ${was(toRead)} sent: that is read first.`] : []),
    ...(nothingLeft > 0
      ? [`${nothingLeft} ${nothingLeft === 1 ? "has" : "have"} nothing left to send.`]
      : []),
    ...(valuesThere > 0
      ? [
          `${valuesThere} ${valuesThere === 1 ? "counts" : "count"} as applied, though the values may be someone else's.`,
        ]
      : []),
    ...(changedSince > 0
      ? [`${changedSince} ${was(changedSince)} applied, and the same counters were changed since.`]
      : []),
    ...(moved > 0 ? [`${moved} moved onto what is there now.`] : []),
    ...(partly > 0 ? [`${partly} ${partly === 1 ? "has" : "have"} some of the values already.`] : []),
    ...(left > 0 ? [`${left} other ${left === 1 ? "draft stays" : "drafts stay"} on disk.`] : []),
    ...(missing > 0 ? [missingText(claimed, missing)] : []),
  ];
  if (staged === 0) return facts.join(" ");
  const back = staged === 1 ? "1 draft is staged again" : `${staged} drafts are staged again`;
  return facts.length === 0 ? `${back}${wayOn(claimed)}.` : [`${back}.`, ...facts].join(" ");
}

/** What can be done next, where there is no more to say. The table of what is to be decided says it itself. */
function wayOn({ others, open }: Claimed): string {
  if (others === 1) return "; Enter brings back the other, n leaves it for later";
  if (others > 1) return `; Enter brings back the other ${others}, n leaves them for later`;
  return open > 0 ? "" : "; s shows what would be sent";
}

function missingText({ reason }: Claimed, count: number): string {
  return reason === undefined
    ? goneText(String(count), count)
    : `${count} cannot be brought back now: ${reason}. ${count === 1 ? "It stays" : "They stay"} on disk.`;
}

/** Drafts that are no longer where they were found: nothing tells any more which of both it was. */
export function goneText(what: string, count: number): string {
  const [are, them] = count === 1 ? ["is", "it"] : ["are", "them"];
  return `${what} ${are} gone: another terminal has brought ${them} back or thrown ${them} away.`;
}

function was(count: number): string {
  return count === 1 ? "was" : "were";
}
