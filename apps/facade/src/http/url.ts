import { asciiLowerCase } from "./ascii-case.ts";

/** The parts of an absolute URL, still percent-encoded. */
export interface RequestUrl {
  /** Scheme and host, such as `http://localhost:8420`. */
  readonly origin: string;
  /** Host and port. */
  readonly host: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** Splits an absolute URL. Making a `URL` of it would cost more than the rest of a request. */
export function splitUrl(url: string): RequestUrl {
  const hostAt = url.indexOf("//") + 2;
  const pathAt = url.indexOf("/", hostAt);
  const fragmentAt = url.indexOf("#", pathAt);
  const end = fragmentAt === -1 ? url.length : fragmentAt;
  const mark = url.indexOf("?", pathAt);
  const queryAt = mark === -1 || mark > end ? end : mark;
  return {
    origin: url.slice(0, pathAt),
    host: url.slice(hostAt, pathAt),
    path: url.slice(pathAt, queryAt),
    query: url.slice(queryAt + 1, end),
  };
}

/**
 * The path by which a request is routed: its first segment decoded and in lower case, and no empty segments. What
 * follows the first segment is kept as it was sent.
 */
export function routingPath(path: string): string {
  if (path.startsWith("/beta/")) return path;
  const [first = "", ...rest] = path.split("/").filter((segment) => segment !== "");
  return `/${[asciiLowerCase(decodeName(first)), ...rest].join("/")}`;
}

/** An encoded slash must not split the segment, and a malformed segment names nothing. */
function decodeName(segment: string): string {
  try {
    const name = decodeURIComponent(segment);
    return name.includes("/") ? segment : name;
  } catch {
    return segment;
  }
}
