/** Causes are followed this far; a chain that leads back to itself ends here. */
const maxDepth = 6;

/**
 * An error of a `fetch` as it may be shown: of the objects in it only causes are left. A `fetch` that someone has written,
 * on another HTTP client for example, may throw errors that carry the request with its token and headers, and errors end
 * up in logs. An error without such objects stays the same one.
 */
export function shownError(error: unknown): unknown {
  return hasOthers(error, maxDepth) ? copyError(error, maxDepth) : error;
}

/** Whether it is, or has, an object that is not an error. */
function hasOthers(error: unknown, depth: number): boolean {
  if (!isObject(error)) return false;
  if (!(error instanceof Error) || depth === 0) return true;
  return Reflect.ownKeys(error).some((name) => {
    const value = memberOf(error, name);
    return isCause(name) ? listOf(value).some((one) => hasOthers(one, depth - 1)) : isObject(value);
  });
}

function copyError(error: unknown, depth: number): unknown {
  if (!isObject(error)) return error;
  if (depth === 0) return undefined;
  const copy = new Error();
  // The class of an error may have these, as that of a `DOMException` has.
  for (const name of new Set(["name", "message", "stack", "code", ...Object.getOwnPropertyNames(error)])) {
    const value = memberOf(error, name);
    if (isCause(name)) define(copy, name, copyCauses(value, depth - 1));
    else if (!isObject(value))
      define(copy, name, value, Object.prototype.propertyIsEnumerable.call(error, name));
  }
  return copy;
}

function copyCauses(causes: unknown, depth: number): unknown {
  return Array.isArray(causes) ? causes.map((one) => copyError(one, depth)) : copyError(causes, depth);
}

function define(error: Error, name: string, value: unknown, enumerable = false): void {
  if (value !== undefined) Object.defineProperty(error, name, { value, enumerable, configurable: true });
}

function memberOf(error: object, name: string | symbol): unknown {
  try {
    return Reflect.get(error, name);
  } catch {
    // A getter of its own that fails has nothing to show.
    return undefined;
  }
}

/** `errors` are the causes of an `AggregateError`. */
function isCause(name: string | symbol): boolean {
  return name === "cause" || name === "errors";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
