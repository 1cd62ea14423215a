import type { ChangedCounters } from "@install-summary/core";

/** A change of an app that was made. */
export interface MadeChange extends ChangedCounters {
  readonly appId: string;
  /** The version that it made. */
  readonly version: number | undefined;
}
