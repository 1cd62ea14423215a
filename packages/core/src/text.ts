// The entry `@install-summary/core/text`: what the programs of this repository share with core. It may change in any
// release.

export {
  isJsonArray,
  isJsonObject,
  JsonTextError,
  parseJsonText,
  type JsonArray,
  type JsonNumber,
  type JsonObject,
  type JsonValue,
} from "./text/json-text.ts";
