/**
 * The status and the headers of a response, as a response without a body. `Response` itself refuses to make what servers
 * send and `fetch` reads: a reason in another encoding than Latin-1, such as `409 衝突`, which HTTP has clients ignore, and a
 * status above 599.
 */
export function copyHead({ status, headers }: Response): Response {
  // Some servers for Node put a `Response` of their own in place of the global one, which keeps headers without copying them.
  const head = new Response(null, { status: Math.min(status, 599), headers: new Headers(headers) });
  return Object.defineProperty(head, "status", { value: status });
}
