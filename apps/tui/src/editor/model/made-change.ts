import type { ChangedCounters } from "@install-summary/core";
import type { Failure } from "../../server/failure.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** A change of an app that was made. */
export interface MadeChange extends ChangedCounters {
  readonly appId: string;
  /** The version that it made. */
  readonly version: number | undefined;
  /** Whether values alone tell that it was made: they may be someone else's. */
  readonly mayBeOthers?: boolean;
  /** As it was when this session sent the change, for its name; undefined for a change of the log. */
  readonly app?: KnownApp;
}

/** Apps that could not be read, by id, and why. */
export type FailedReadings = ReadonlyMap<string, Failure>;

/** Changes that are taken back once apps have been read. */
export interface TakingBackLater {
  readonly changes: readonly MadeChange[];
  /** The ids of the apps that have not come yet. */
  readonly waiting: readonly string[];
  /** Why apps could not be read, by id. */
  readonly failed: FailedReadings;
}
