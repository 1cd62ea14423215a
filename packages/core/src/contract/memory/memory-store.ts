import { formatETag } from "../../http/etag.ts";
import { graphError } from "../../http/graph-error.ts";
import { diff } from "../../patch/apply-patch.ts";
import type { VersionedSummary } from "../../patch/decide-patch.ts";
import type { RecordedChange } from "../../patch/judge-repetition.ts";
import { parsePatch } from "../../patch/parse-patch.ts";
import { parseAppId } from "../../resource/app-id.ts";
import { exampleApp } from "../../resource/example.ts";
import { createSummary, type InstallSummaryPatch } from "../../resource/install-summary.ts";
import type { MobileApp } from "../../resource/mobile-app.ts";

/** An app of the service. Texts that are left out are null, counters 0. An app of a recorded page can be passed on. */
export interface MemoryApp extends Partial<MobileApp> {
  readonly id: string;
  readonly installSummary?: InstallSummaryPatch;
  /**
   * The number of its version, from which its ETag is made.
   *
   * @default 1
   */
  readonly version?: number;
}

/** An app with its summary. */
export interface StoredApp extends VersionedSummary {
  readonly app: MobileApp;
}

/** Whose request makes a change. */
export type Changer = Pick<RecordedChange, "actor" | "clientRequestId">;

/** The apps of one tenant, in memory. */
export interface MemoryStore {
  /** All apps by name, then id. */
  list(): readonly StoredApp[];
  /** Throws `GraphError` 404 for an unknown app. */
  find(appId: string): StoredApp;
  /** Saves a new version of an app's summary. `by` says whose request made it; left out, it was that of another client. */
  save(appId: string, changed: VersionedSummary, by?: Changer): void;
  /** The change that followed a version of an app; undefined where none was recorded. */
  changeAfter(appId: string, version: number): RecordedChange | undefined;
  /** Returns to the apps that it was opened with. */
  reset(): void;
}

/**
 * Opens a store. Throws `GraphError` 400 for an id or a counter that no app can have and for an id given twice, and
 * `RangeError` for a version that is not a whole number.
 */
export function openMemoryStore(apps: readonly MemoryApp[]): MemoryStore {
  const first = apps.map(toStored).toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  const stored = new Map<string, StoredApp>();
  const changes = new Map<string, RecordedChange>();
  reset();
  return { list: () => [...stored.values()], find, save, changeAfter, reset };

  function reset(): void {
    stored.clear();
    changes.clear();
    for (const one of first) {
      const { id } = one.app;
      if (stored.has(id)) throw graphError("BadRequest", `Two apps have the id '${id}'.`);
      stored.set(id, one);
    }
  }

  function find(appId: string): StoredApp {
    const found = stored.get(appId.toLowerCase());
    if (found !== undefined) return found;
    throw graphError("ResourceNotFound", `No mobile app with id '${appId}' exists.`);
  }

  function save(
    appId: string,
    { summary, version }: VersionedSummary,
    by: Changer = { actor: "another client", clientRequestId: undefined },
  ): void {
    const { app, summary: old } = find(appId);
    stored.set(app.id, { app, summary, version });
    changes.set(`${app.id} ${version}`, { ...by, before: diff(summary, old), after: diff(old, summary) });
  }

  function changeAfter(appId: string, version: number): RecordedChange | undefined {
    return changes.get(`${find(appId).app.id} ${version + 1}`);
  }
}

function toStored({ installSummary = {}, version = 1, ...app }: MemoryApp): StoredApp {
  const id = parseAppId(app.id);
  formatETag(version);
  // Its own id and control information may come along, as in a recorded page.
  const counters = parsePatch(installSummary, { id });
  const known = Object.entries(app).filter(([name, value]) => name in exampleApp && value !== undefined);
  return {
    app: { ...exampleApp, displayName: null, publisher: null, ...Object.fromEntries(known), id },
    summary: createSummary(id, (name) => counters[name] ?? 0),
    version,
  };
}

/** Names compare without case, as Graph sorts them. */
function sortKey({ app: { displayName, id } }: StoredApp): string {
  return `${(displayName ?? "").toLowerCase()}\n${id}`;
}
