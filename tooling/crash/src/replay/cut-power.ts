import { dirname } from "node:path";
import { createImage, type Image, type Keeps } from "./image.ts";
import type { TraceEvent } from "./trace-event.ts";

/** What a disk holds after the power was cut. */
export interface CutDisk {
  /** By path, the content of each file; one whose name was not kept is missing. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The ids of the requests whose responses were sent before. */
  readonly responded: ReadonlySet<string>;
}

/** A disk whose power can be cut before any line of a trace. */
export type CutPower = (line: number, keeps: Keeps) => CutDisk;

/**
 * Prepares to cut the power in the midst of a trace. A write is sure to be kept only when it had ended before a successful
 * fsync of its file began, and that had ended before the cut; so is the name of a new file by an fsync of its folder. Of
 * all else any sector may be kept or not, in any order. After an fsync that failed the system forgets what was to be
 * written, so that a later fsync does not keep it either.
 */
export function prepareCuts(before: ReadonlyMap<string, Buffer>, events: readonly TraceEvent[]): CutPower {
  const syncs = new Map<string, SyncEvent[]>();
  for (const event of events) {
    if (event.kind === "sync") syncs.set(event.path, [...(syncs.get(event.path) ?? []), event]);
  }
  const prepared = events.map((event) => {
    if (event.kind !== "write" && event.kind !== "truncate")
      return { event, keptAt: Infinity, namedAt: Infinity };
    const first = syncs.get(event.path)?.find(({ begin }) => begin > event.end);
    const folder = syncs.get(dirname(event.path))?.find(({ begin, isDone }) => begin > event.end && isDone);
    return { event, keptAt: first?.isDone === true ? first.end : Infinity, namedAt: folder?.end ?? Infinity };
  });

  return (line, keeps) => {
    const images = new Map<string, Image>([...before].map(([path, content]) => [path, createImage(content)]));
    const named = new Set(before.keys());
    const responded = new Set<string>();
    for (const { event, keptAt, namedAt } of prepared) {
      if (event.begin >= line) break;
      if (event.kind === "respond") for (const id of event.requestIds) responded.add(id);
      if (event.kind !== "write" && event.kind !== "truncate") continue;
      const image = images.get(event.path) ?? createImage(Buffer.alloc(0));
      images.set(event.path, image);
      const kept = keptAt < line ? () => true : keeps;
      if (event.kind === "write") image.write(event.offset, event.data, kept);
      else image.truncate(event.size, kept);
      if (namedAt < line) named.add(event.path);
    }
    const files = new Map([...images].map(([path, image]) => [path, image.content()]));
    for (const path of files.keys()) if (!named.has(path) && !keeps()) files.delete(path);
    return { files, responded };
  };
}

type SyncEvent = Extract<TraceEvent, { kind: "sync" }>;
