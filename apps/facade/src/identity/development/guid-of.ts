import { hash } from "node:crypto";

/** Makes a GUID of names: the same names always give the same one. */
export function guidOf(...names: readonly string[]): string {
  const hex = hash("sha256", JSON.stringify(names), "hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
