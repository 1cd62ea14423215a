import type { FollowedChange, FollowedLog } from "../history/history.ts";
import type { LoggedChange } from "./end.ts";
import type { Fault } from "./fault.ts";
import type { MatchedChange } from "./match-log.ts";

/** Checks that a reader by cursor got the log: in order, nothing missing, nothing twice, and nothing late. */
export function* checkFeed(
  followed: FollowedLog,
  log: readonly LoggedChange[],
  matched: readonly MatchedChange[],
): Generator<Fault> {
  const { name, begin, changes, isComplete } = followed;
  const fault = (text: string): Fault => ({ rule: "feed", text: `The reader ${name} ${text}` });
  const wrong = changes.findIndex((change, place) => !isSame(change, log[begin + place]));
  if (wrong !== -1) {
    yield fault(
      `got ${nameOf(changes[wrong])} at place ${begin + wrong}, where the log has ${nameOf(log[begin + wrong])}.`,
    );
    return;
  }
  const end = begin + changes.length;
  if (isComplete && end < log.length) {
    yield fault(`ended before ${nameOf(log[end])}, at place ${end} of ${log.length}.`);
  }
  yield* checkEnds(followed, matched, fault);
}

/** A reader that came to the end of the log has what was acknowledged before it asked. */
function* checkEnds(
  { begin, ends }: FollowedLog,
  matched: readonly MatchedChange[],
  fault: (text: string) => Fault,
): Generator<Fault> {
  const acknowledged = matched
    .filter(({ sent }) => sent.outcome === "acknowledged")
    .toSorted((one, other) => one.sent.end - other.sent.end);
  let next = 0;
  let last: MatchedChange | undefined;
  for (const { start, count } of ends) {
    for (let one = acknowledged[next]; one !== undefined && one.sent.end < start; one = acknowledged[next]) {
      if (last === undefined || one.place > last.place) last = one;
      next += 1;
    }
    if (last === undefined || last.place < begin + count) continue;
    yield fault(
      `came to the end at place ${begin + count} without ${nameOf(last.logged)}, acknowledged before.`,
    );
    return;
  }
}

function isSame(one: FollowedChange, other: FollowedChange | undefined): boolean {
  return one.appId === other?.appId && one.version === other.version;
}

function nameOf(change: FollowedChange | undefined): string {
  return change === undefined ? "nothing" : `version ${change.version} of app ${change.appId}`;
}
