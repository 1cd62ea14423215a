import type { ListedChange } from "@install-summary/core/client";
import { parseETagVersion } from "@install-summary/core/text";
import type { StagedApp } from "./staging.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** What the change log says about apps between two versions, by `changersKey`. */
export type Changers = ReadonlyMap<string, ChangersReading>;

/** Whether the changes are being read, what they are, the latest first, or that they could not be read. */
export type ChangersReading =
  | { readonly kind: "running" | "failed" }
  | { readonly kind: "known"; readonly changes: readonly ListedChange[] };

/** The changes between the version that edits were made on and the one that is there; undefined where versions have no numbers. */
export function changersKey({ app, movedFrom }: StagedApp): string | undefined {
  const [from, to] = [numberOf(movedFrom), numberOf(app)];
  return from === undefined || to === undefined || from >= to ? undefined : `${app.id} ${from} ${to}`;
}

/** The changes that have led from one version of an app to the other; none where one of them is missing. */
export function changesBetween(changers: Changers, staged: StagedApp): readonly ListedChange[] {
  const reading = changers.get(changersKey(staged) ?? "");
  const [from, to] = [numberOf(staged.movedFrom), numberOf(staged.app)];
  if (reading?.kind !== "known" || from === undefined || to === undefined) return [];
  const between = reading.changes.filter(({ version }) => version > from && version <= to);
  // Without all of them it is not certain who has changed what.
  return between.length === to - from ? between : [];
}

/** Whether this person has made all changes between the versions, in another place; false until that is known. */
export function isOwnMove(changers: Changers, apps: readonly StagedApp[]): boolean {
  const changes = apps.map((staged) => changesBetween(changers, staged));
  return changes.every((between) => between.length > 0 && between.every(({ mine }) => mine === true));
}

function numberOf(app: KnownApp | undefined): number | undefined {
  return parseETagVersion(app?.etag);
}
