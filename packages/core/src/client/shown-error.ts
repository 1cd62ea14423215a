/** Causes are followed this far; a chain that leads back to itself ends here. */
const maxDepth = 6;

type Hide = (text: string) => string;

/**
 * An error of a `fetch` as it may be shown: of the objects in it only causes are left, and its texts without what `hide`
 * hides. A `fetch` that someone has written, on another HTTP client for example, may throw errors that carry the request
 * with its token and headers, and errors end up in logs. An error without such parts stays the same one.
 */
export function shownError(error: unknown, hide: Hide, depth: number = maxDepth): unknown {
  if (typeof error === "string") return hide(error);
  if (!isObject(error)) return error;
  if (depth === 0) return undefined;
  const copy = new Error();
  let isSame = error instanceof Error;
  // The class of an error may have these, as that of a `DOMException` has.
  for (const key of new Set(["name", "message", "stack", "code", ...Reflect.ownKeys(error)])) {
    const value = memberOf(error, key);
    const name = hide(String(key));
    const isCause = key === "cause" || key === "errors";
    const shown = isCause
      ? showCauses(value, hide, depth - 1)
      : isObject(value)
        ? undefined
        : shownError(value, hide);
    isSame &&= shown === value && name === String(key);
    const enumerable = !isCause && Object.prototype.propertyIsEnumerable.call(error, key);
    if (shown !== undefined)
      Object.defineProperty(copy, name, { value: shown, enumerable, configurable: true });
  }
  return isSame ? error : copy;
}

/** `errors` are the causes of an `AggregateError`. */
function showCauses(causes: unknown, hide: Hide, depth: number): unknown {
  if (!Array.isArray(causes)) return shownError(causes, hide, depth);
  const shown = causes.map((one) => shownError(one, hide, depth));
  return shown.every((one, index) => one === causes[index]) ? causes : shown;
}

function memberOf(error: object, name: string | symbol): unknown {
  try {
    return Reflect.get(error, name);
  } catch {
    // A getter of its own that fails has nothing to show.
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
