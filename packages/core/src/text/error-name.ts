import { objectKind } from "./object-kind.ts";

/**
 * Whether a caught value is an error of that name, of any realm and any copy of a package. A `DOMException`, such as the
 * reason of a caller's own signal, is not one. Never throws.
 */
export function isErrorNamed(error: unknown, name: string): error is Error {
  try {
    if (typeof error !== "object" || error === null || objectKind(error) !== "[object Error]") return false;
    return "name" in error && error.name === name;
  } catch {
    return false;
  }
}
