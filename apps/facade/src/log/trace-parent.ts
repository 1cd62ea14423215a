/** The caller's span, whose request is logged. */
export interface TraceParent {
  readonly traceId: string;
  readonly parentId: string;
}

/**
 * Parses a `traceparent` header. Undefined for a malformed one, which is ignored as if it were not there; of a version
 * that is not known yet the first members are read. Source: W3C Trace Context, sections 3.2 and 4.3.
 */
export function parseTraceParent(header: string | null): TraceParent | undefined {
  if (header === null) return undefined;
  const [, version, traceId = "", parentId = "", more] = form.exec(header) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && more !== undefined)) return undefined;
  return zeros.test(traceId) || zeros.test(parentId) ? undefined : { traceId, parentId };
}

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;
const zeros = /^0+$/;
