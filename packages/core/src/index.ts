export { isAppId, parseAppId } from "./app-id.ts";
export { readCounterText, type CounterReading } from "./counter-value.ts";
export {
  counterMaximum,
  counterNames,
  counters,
  isCounterName,
  type Counter,
  type CounterName,
  type CounterScope,
  type CounterState,
} from "./counters.ts";
export {
  decidePatch,
  type PatchDecision,
  type Preconditions,
  type VersionedSummary,
} from "./decide-patch.ts";
export type { CounterEdit, InstallSummaryEdit } from "./edit.ts";
export { formatETag, matchesETag, parseETags } from "./etag.ts";
export {
  GraphError,
  graphError,
  graphErrorBody,
  graphErrorStatus,
  isGraphError,
  type GraphErrorBody,
  type GraphErrorCode,
  type GraphErrorDetail,
  type GraphErrorInit,
} from "./graph-error.ts";
export {
  installSummaryChangeSchema,
  type ChangeOrigin,
  type InstallSummaryChange,
} from "./install-summary-change.ts";
export {
  installSummaryPatchSchema,
  installSummarySchema,
  wrappedInstallSummarySchema,
} from "./install-summary-schema.ts";
export { installSummaryType, type InstallSummary, type InstallSummaryPatch } from "./install-summary.ts";
export {
  mobileAppPageSchema,
  mobileAppSchema,
  type MobileApp,
  type MobileAppListItem,
  type MobileAppPage,
  type PublishingState,
} from "./mobile-app.ts";
export { nearestName } from "./nearest-name.ts";
export {
  parsePatch,
  parsePatchText,
  safeParsePatch,
  safeParsePatchText,
  type ParsePatchOptions,
  type SafeParsePatchResult,
} from "./parse-patch.ts";
export { applyPatch, diff } from "./patch.ts";
export { warnings, type PlausibilityWarning, type WarningCode, type WarningOptions } from "./plausibility.ts";
export { invert, rebase, type ChangedCounters, type EditConflict, type RebasedEdit } from "./rebase.ts";
export { visibleText } from "./visible-text.ts";
