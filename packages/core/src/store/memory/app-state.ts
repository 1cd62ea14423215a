import { formatETag } from "../../http/etag.ts";
import { diff, type VersionedSummary } from "../../patch/decide-patch.ts";
import type { RecordedChange } from "../../patch/judge-repetition.ts";
import type { InstallSummary } from "../../resource/install-summary.ts";
import type { MobileApp } from "../../resource/mobile-app.ts";
import type { StoredApp } from "../store.ts";

/** An app with its summary and the number of its version. */
export interface AppState extends VersionedSummary {
  readonly app: MobileApp;
  /** The change that made this version, with the state that it was made on; absent for the first one. */
  readonly latest?: { readonly change: RecordedChange; readonly before: AppState | undefined };
}

/** Whose request makes a change. */
export type Changer = Pick<RecordedChange, "actor" | "clientRequestId">;

/** The state after a change of the counters, in the next version. */
export function changeSummary(before: AppState, summary: InstallSummary, by: Changer): AppState {
  const { actor, clientRequestId } = by;
  const change: RecordedChange = {
    actor,
    clientRequestId,
    before: diff(summary, before.summary),
    after: diff(before.summary, summary),
  };
  return { app: before.app, summary, version: before.version + 1, latest: { change, before } };
}

/** The first state of an app: in version 1, or above the versions that were erased. */
export function createState(
  { app, summary }: Omit<AppState, "version" | "latest">,
  by: Changer,
  version: number,
): AppState {
  const { actor, clientRequestId } = by;
  const { id: _id, ...after } = summary;
  return {
    app,
    summary,
    version,
    latest: { change: { actor, clientRequestId, before: {}, after }, before: undefined },
  };
}

/** The change that followed a version; undefined where none is recorded. */
export function findChangeAfter(state: AppState, version: number): RecordedChange | undefined {
  let at: AppState | undefined = state;
  while (at !== undefined && at.version > version + 1) at = at.latest?.before;
  return at?.version === version + 1 ? at.latest?.change : undefined;
}

/** The app as a caller gets it, with its ETag. */
export function toStoredApp({ app, summary, version }: AppState): StoredApp {
  return { app, summary, etag: formatETag(version) };
}
