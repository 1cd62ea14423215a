import { applyPatch, createSummary, diff, type MobileApp } from "@install-summary/core";
import { missingColumns, type ReadRow, type ReportApp } from "@install-summary/core/report";
import { type ImportDecision, type StoredApp, textKey } from "@install-summary/core/service";

/** What a row of a report says of an app. */
export type ReportedApp = Pick<ReadRow, "app" | "patch">;

/** When an import takes place, and what becomes of a new app that lacks counters. */
export interface ImportRules {
  /** When apps are created and changed: RFC 3339, UTC. */
  readonly now: string;
  /** Whether a new app may lack counters, which are then 0. */
  readonly missingAsZero: boolean;
}

/**
 * Decides what a row makes of an app. A known app keeps its type and every value that the row leaves out. A new app
 * needs a name and all ten counters: a missing number is not zero.
 */
export function decideImport(
  row: ReportedApp,
  current: StoredApp | undefined,
  rules: ImportRules,
): ImportDecision {
  const fault = findTextFault(row.app);
  if (fault !== undefined) return { kind: "rejected", ...fault };
  return current === undefined ? decideNew(row, rules) : decideKnown(row, current, rules);
}

/**
 * The first text of an app that is longer than a store takes. The link to the page after an app carries the app's name, and
 * must fit into a URL of 8 KiB.
 */
export function findTextFault(
  app: Partial<Pick<MobileApp, "displayName" | "publisher" | "@odata.type">>,
): { readonly column: string; readonly problem: string } | undefined {
  const displayName = app.displayName ?? "";
  const publisher = app.publisher ?? "";
  // As the link has it: JSON spells a control character in six bytes.
  const bytes = Buffer.byteLength(JSON.stringify(textKey(displayName)));
  const type = app["@odata.type"] ?? "";
  return (
    tooLong("DisplayName", "name", displayName.length, maxTextLength, "characters") ??
    tooLong("DisplayName", "name in the link to a next page", bytes, maxNameBytes, "bytes") ??
    tooLong("Publisher", "publisher", publisher.length, maxTextLength, "characters") ??
    tooLong("ODataType", "type", type.length, maxTypeLength, "characters")
  );
}

function tooLong(column: string, what: string, length: number, max: number, unit: string) {
  if (length <= max) return undefined;
  return { column, problem: `The ${what} has ${length} ${unit}; the maximum is ${max}.` };
}

/** In UTF-16 code units. */
const maxTextLength = 1000;
const maxTypeLength = 200;
const maxNameBytes = 4000;

function decideKnown({ app, patch }: ReportedApp, current: StoredApp, { now }: ImportRules): ImportDecision {
  const { displayName = current.app.displayName, publisher = current.app.publisher } = app;
  const isRenamed = displayName !== current.app.displayName || publisher !== current.app.publisher;
  const summary = applyPatch(current.summary, patch);
  const isCounted = Object.keys(diff(current.summary, summary)).length > 0;
  if (!isRenamed && !isCounted) return { kind: "unchanged" };
  return {
    kind: "changed",
    ...(isRenamed && { app: { ...current.app, displayName, publisher, lastModifiedDateTime: now } }),
    ...(isCounted && { summary }),
  };
}

function decideNew({ app, patch }: ReportedApp, { now, missingAsZero }: ImportRules): ImportDecision {
  const { displayName } = app;
  if (displayName === undefined) {
    return {
      kind: "rejected",
      column: "DisplayName",
      problem: "The app is new, and a new app needs a DisplayName.",
    };
  }
  if (!missingAsZero && missingColumns(patch).length > 0) {
    const problem = "The app is new, and a new app needs all ten counters.";
    return { kind: "rejected", problem, lacksCounters: true };
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
