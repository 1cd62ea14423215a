const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether the host name of a URL means this computer. */
export function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}

/** Whether two base URLs are of one server: case, a slash at the end and the names of this computer make no difference. */
export function isSameServer(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(baseUrl: string): string {
  const url = URL.parse(baseUrl);
  if (url === null) return baseUrl;
  const host = isLoopback(url.hostname) ? "localhost" : url.hostname;
  return `${url.protocol}//${host}:${url.port}${url.pathname.replace(/\/+$/, "")}${url.search}`;
}
