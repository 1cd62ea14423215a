// The entry `@install-summary/core/text`: what the programs of this repository share with core. It may change in any
// release.

export { parseErrorResponse, type FailedExchange } from "./client/error-response.ts";
export { hideSecrets, secretHider } from "./client/hide-secrets.ts";
export { copyHead } from "./http/copy-head.ts";
export { listETags, parseETags, parseETagVersion } from "./http/etag.ts";
export { readBody, type ReadBody } from "./http/read-body.ts";
export {
  parseTypedCounter,
  type TypedCounter,
  type TypedCounterOptions,
  type TypedCounterReason,
} from "./resource/typed-counter.ts";
export { counterStates, stateLabels, type StateLabels } from "./resource/counter-states.ts";
export { isCalendarDay } from "./text/calendar-day.ts";
export { isRoundedNumber, parseExactJson } from "./text/exact-json.ts";
export { JsonTextError, parseJsonText, type JsonTextReason } from "./text/json-text.ts";
export {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonNumber,
  type JsonObject,
  type JsonValue,
} from "./text/json-value.ts";
export { platformOf, reportPlatformCode, type Platform } from "./resource/platform.ts";
export { nearestName } from "./text/nearest-name.ts";
export { visibleText } from "./text/visible-text.ts";
export { formatPosition, type Position } from "./text/position.ts";
