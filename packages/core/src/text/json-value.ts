/** A JSON number as it was written, before any conversion to a double. */
export interface JsonNumber {
  readonly kind: "number";
  readonly text: string;
}

/** A JSON array. */
export interface JsonArray {
  readonly kind: "array";
  readonly items: readonly JsonValue[];
}

/** A member of a JSON object, with its place in the text. */
export type JsonMember = readonly [
  name: string,
  value: JsonValue,
  index?: number,
  start?: number,
  end?: number,
];

/** A JSON object with its members as they were written: in order, repeated names included. */
export interface JsonObject {
  readonly kind: "object";
  /**
   * `index` is where the name begins in the text, `start` and `end` are where the value does and ends; a value that was
   * made from JavaScript has no text.
   */
  readonly members: readonly JsonMember[];
}

/** A JSON value that has kept what JSON.parse loses: repeated names and the text of numbers. */
export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject;

/** Whether a value is a JSON object. */
export function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value?.kind === "object";
}

/** Whether a value is a JSON array. */
export function isJsonArray(value: JsonValue): value is JsonArray {
  return typeof value === "object" && value?.kind === "array";
}
