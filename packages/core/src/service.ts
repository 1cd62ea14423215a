// The entry `@install-summary/core/service`: the HTTP contract as the facade of this repository serves it, over any store.
// It may change in any release.

export { maxIdLength, maxItems } from "./graph/batch/parse-batch.ts";
export type { BatchAccount } from "./graph/batch/serve-batch.ts";
export { createGraphHandler, dispatch, type GraphParts } from "./graph/dispatch.ts";
export {
  changeRequestOf,
  type Call,
  type Service,
  type ServiceLimits,
  type ServicePolicy,
} from "./graph/routes/call.ts";
export { AccessError, accessFaults, type AccessFault } from "./graph/access/access-error.ts";
export {
  authorize,
  permissions,
  type Access,
  type Authenticate,
  type Caller,
} from "./graph/access/caller.ts";
export { parseBearer } from "./graph/access/bearer.ts";
export { invalidToken, type SignInPlace, type TokenIssuer } from "./graph/access/unauthorized.ts";
export {
  bodyIncomplete,
  checkDeclaredLength,
  inputOf,
  readJsonBody,
  unsupportedEncoding,
  type Gunzip,
} from "./graph/exchange/body.ts";
export {
  createRequestIds,
  openExchange,
  routingPath,
  type EndedItem,
  type Exchange,
  type RequestIds,
  type RequestInput,
  type RequestUrl,
} from "./graph/exchange/exchange.ts";
export { maxOwnIdLength } from "./http/own-request-id.ts";
export {
  errorResponse,
  GraphErrorWithHeaders,
  responseHeaders,
  servePage,
  textResponse,
  toGraphError,
  checkMethod,
  optionsResponse,
  readingMethods,
  toResponse,
  variedBy,
  whenReady,
  type MaybePromise,
  type PlainResponse,
} from "./graph/exchange/response.ts";
export { checkHeaderSize } from "./graph/headers/check-header-size.ts";
export { acceptOf } from "./graph/headers/negotiate.ts";
export { repeatedHeader, repeatedIdHeader } from "./http/repeated-header.ts";
export { parseMediaType, splitOutsideQuotes, type MediaType } from "./graph/exchange/media-type.ts";
export { invalidQueryOption, parseQuery, type QueryOption } from "./graph/options/query-options.ts";
export { exampleApp, exampleSummary } from "./resource/example.ts";
export { publishingStates } from "./resource/mobile-app.ts";
export { bytePieces, isWebStream } from "./report/input/byte-chunks.ts";
export { guardFormula } from "./report/rows/formula-guard.ts";
export {
  appProperties,
  counterProperties,
  type AppPropertyName,
  type EdmProperty,
  type EdmType,
} from "./graph/model/edm-properties.ts";
export { contractPaths, type ContractKind, type ContractPath } from "./graph/path/contract-paths.ts";
export { parseResourcePath, type AppResource, type Resource } from "./graph/path/resource-path.ts";
export type { ChangeLog, ChangeOrder, ChangePage, ChangeQuery, LoggedChange } from "./store/change-log.ts";
export { createSignal, type Signal } from "./store/signal.ts";
export { formatAppJson } from "./store/app-json.ts";
export { seedApps } from "./contract/memory/seed-apps.ts";
export { openMemoryStore } from "./store/memory/open-memory-store.ts";
export type {
  AppFilter,
  AppOrder,
  AppPath,
  Comparison,
  ComparisonOperator,
  Operand,
  TextMatch,
} from "./store/app-filter.ts";
export {
  comparePositions,
  completeOrder,
  formatCursor,
  parseCursor,
  positionOfJson,
  type AppPosition,
} from "./store/position.ts";
export type {
  AppImport,
  AppPage,
  AppQuery,
  ChangeRequest,
  ImportDecision,
  ImportingStore,
  ImportingTenantStore,
  ImportRow,
  AppJson,
  SearchTerm,
  Store,
  StoredApp,
  StoreSession,
  TenantStore,
  UpdateResult,
} from "./store/store.ts";
export type { TenantErasure, TenantSize } from "./store/tenant-erasure.ts";
export { compareCodePoints, textKey } from "./store/text-key.ts";
export {
  bodyTooLarge,
  busy,
  LimitError,
  throttled,
  type ByteLimit,
  type LimitExcess,
} from "./store/limit-error.ts";
export { shuttingDown, unavailable } from "./store/unavailable.ts";
export type { RecordedChange } from "./patch/judge-repetition.ts";
