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
