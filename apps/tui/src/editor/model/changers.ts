import type { ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import type { Who } from "../../words/changed-by.ts";

/** What the change log says about apps between two versions, by `moveKey`. */
export type Changers = ReadonlyMap<string, ChangersReading>;

/** Whether the changes are being read, what they are, the latest first, or that they could not be read. */
export type ChangersReading =
  | { readonly kind: "running" | "failed" }
  | { readonly kind: "known"; readonly changes: readonly ListedChange[] };

/** The way of an app from the version that edits were made on to the one that is there, by their ETags. */
export interface Move {
  readonly appId: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What tells a move from others; undefined where versions have no numbers, or the app has not moved. */
export function moveKey({ appId, from: before, to: after }: Move): string | undefined {
  const [from, to] = [parseETagVersion(before), parseETagVersion(after)];
  return from === undefined || to === undefined || from >= to ? undefined : `${appId} ${from} ${to}`;
}

/** The changes that have led from one version of an app to the other; none where one of them is missing. */
export function changesBetween(changers: Changers, move: Move): readonly ListedChange[] {
  const reading = changers.get(moveKey(move) ?? "");
  const [from, to] = [parseETagVersion(move.from), parseETagVersion(move.to)];
  if (reading?.kind !== "known" || from === undefined || to === undefined) return [];
  const between = reading.changes.filter(({ version }) => version > from && version <= to);
  // Without all of them it is not certain who has changed what.
  return between.length === to - from ? between : [];
}

/** Who has made all changes of these moves: this person alone, or others too; unknown while one of them is. */
export function whoChanged(changers: Changers, moves: readonly Move[]): Who {
  const changes = moves.map((move) => changesBetween(changers, move));
  if (changes.length === 0 || changes.some((between) => between.length === 0)) return "unknown";
  return changes.flat().every(({ mine }) => mine === true) ? "you" : "others";
}
