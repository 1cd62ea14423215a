import {
  applyPatch,
  counterNames,
  createSummary,
  type CounterName,
  type InstallSummaryPatch,
  type MobileApp,
} from "@install-summary/core";
import type { ReportApp } from "@install-summary/core/report";
import type { ImportDecision, StoredApp } from "../store/store.ts";

/** What a row of a report says. */
export interface ImportRow {
  readonly app: ReportApp;
  readonly patch: InstallSummaryPatch;
}

export interface ImportRules {
  /** RFC 3339: when apps come to be and change. */
  readonly now: string;
  /** Whether a new app may lack counters, which are then 0. */
  readonly missingAsZero: boolean;
}

/**
 * Says what a row makes of an app. A known app keeps its type, and everything that the row is silent about; a new
 * one needs a name and all ten counters, for a missing number is not zero.
 */
export function decideImport(
  row: ImportRow,
  current: StoredApp | undefined,
  rules: ImportRules,
): ImportDecision {
  const length = row.app.displayName?.length ?? 0;
  if (length > longestName) {
    const problem = `The name has ${length} characters; it may have ${longestName} at most.`;
    return { kind: "rejected", column: "DisplayName", problem };
  }
  return current === undefined ? decideNew(row, rules) : decideKnown(row, current, rules);
}

/** In UTF-16 units: a link to the page behind an app carries its name, and must fit into a URL. */
const longestName = 1000;

function decideKnown({ app, patch }: ImportRow, current: StoredApp, { now }: ImportRules): ImportDecision {
  const { displayName = current.app.displayName, publisher = current.app.publisher } = app;
  const renamed = displayName !== current.app.displayName || publisher !== current.app.publisher;
  const summary = applyPatch(current.summary, patch);
  if (!renamed && summary === current.summary) return { kind: "unchanged" };
  return {
    kind: "changed",
    app: renamed ? { ...current.app, displayName, publisher, lastModifiedDateTime: now } : current.app,
    summary,
  };
}

function decideNew({ app, patch }: ImportRow, { now, missingAsZero }: ImportRules): ImportDecision {
  const { displayName } = app;
  if (displayName === undefined) {
    return {
      kind: "rejected",
      column: "DisplayName",
      problem: "The app is new, and a new app needs a DisplayName.",
    };
  }
  const missing = counterNames.filter((name) => patch[name] === undefined);
  if (missing.length > 0 && !missingAsZero) {
    const columns = missing.map(columnOf).join(", ");
    return {
      kind: "rejected",
      problem: `The app is new, and a new app needs all ten counters. Missing: ${columns}.`,
    };
  }
  const summary = createSummary(app.id, (name) => patch[name] ?? 0);
  return { kind: "created", app: newApp(app, displayName, now), summary };
}

function newApp(app: ReportApp, displayName: string, now: string): MobileApp {
  return {
    "@odata.type": app["@odata.type"] ?? "#microsoft.graph.webApp",
    id: app.id,
    displayName,
    description: null,
    publisher: app.publisher ?? null,
    createdDateTime: now,
    lastModifiedDateTime: now,
    isFeatured: false,
    privacyInformationUrl: null,
    informationUrl: null,
    owner: null,
    developer: null,
    notes: null,
    publishingState: "published",
    // The portal's own list shows only assigned apps.
    isAssigned: true,
  };
}

/** A counter's column as the report spells it: `FailedDeviceCount`. */
function columnOf(name: CounterName): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
