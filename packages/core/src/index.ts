export { isAppId, parseAppId } from "./resource/app-id.ts";
export {
  counterMaximum,
  counterNames,
  counters,
  isCounterName,
  type Counter,
  type CounterName,
  type CounterScope,
  type CounterState,
} from "./resource/counters.ts";
export {
  applyPatch,
  decidePatch,
  diff,
  type ETagPatchDecision,
  type PatchDecision,
  type Preconditions,
  type SummaryWithETag,
  type VersionedSummary,
} from "./patch/decide-patch.ts";
export type { CounterEdit, InstallSummaryEdit } from "./patch/edit.ts";
export { formatSummary, formatSummaryContext, type SummaryFormat } from "./resource/format-summary.ts";
export { formatETag, matchesETag } from "./http/etag.ts";
export { graphError } from "./http/contract-error.ts";
export {
  GraphError,
  isGraphError,
  type FaultReason,
  type GraphErrorFault,
  type GraphErrorInit,
} from "./http/graph-error.ts";
export {
  graphErrorBody,
  type GraphErrorBody,
  type GraphErrorContext,
  type GraphErrorDetail,
  type GraphErrorFields,
} from "./http/graph-error-body.ts";
export { graphErrorStatus, type GraphErrorCode } from "./http/graph-error-code.ts";
export type { HeaderReader } from "./http/header-reader.ts";
export { readGraphError, type ErrorResponseHead } from "./http/read-graph-error.ts";
export {
  changeOrigins,
  clientOrigins,
  type ChangeOrigin,
  type ClientOrigin,
} from "./resource/change-origin.ts";
export {
  installSummaryChangeSchema,
  type InstallSummaryChange,
  type InstallSummaryChangeShape,
} from "./resource/install-summary-change.ts";
export {
  installSummaryPatchSchema,
  installSummarySchema,
  wrappedInstallSummarySchema,
  type InstallSummaryPatchSchema,
  type InstallSummarySchema,
} from "./resource/install-summary-schema.ts";
export {
  createSummary,
  installSummaryType,
  type InstallSummary,
  type InstallSummaryPatch,
} from "./resource/install-summary.ts";
export type { MobileApp, MobileAppListItem, MobileAppPage, PublishingState } from "./resource/mobile-app.ts";
export {
  mobileAppPageSchema,
  mobileAppSchema,
  type MobileAppPageShape,
  type MobileAppShape,
} from "./resource/mobile-app-schema.ts";
export {
  classifyFailure,
  readFailureFacts,
  type FailureClass,
  type FailureFacts,
} from "./outcome/classify-failure.ts";
export {
  judgeOutcome,
  type ChangeOutcome,
  type ReadSummary,
  type SentPatch,
} from "./outcome/judge-outcome.ts";
export type {
  ChangeEnd,
  ChangeEvent,
  ChangeLimits,
  ChangeState,
  ChangeStep,
} from "./outcome/change-state.ts";
export { isUnconfirmed, nextStep, startChange } from "./outcome/next-step.ts";
export {
  parsePatch,
  parsePatchJson,
  parsePatchText,
  safeParsePatch,
  safeParsePatchText,
  type ParsePatchOptions,
  type SafeParsePatchResult,
} from "./patch/parse-patch.ts";
export {
  warnings,
  type PlausibilityWarning,
  type WarningCode,
  type WarningOptions,
} from "./patch/warnings.ts";
export {
  invert,
  rebase,
  type ChangedCounters,
  type EditConflict,
  type InvertOptions,
  type RebasedEdit,
} from "./patch/rebase.ts";
