import type { ListedChange } from "@install-summary/core/client";
import type { CannedResponse, RecordedRequest } from "./contract-server.ts";

/** The response of a facade's change log that holds these changes, oldest first; undefined for any other request. */
export function respondAsLog(
  log: readonly ListedChange[],
  { method, url }: Pick<RecordedRequest, "method" | "url">,
  { olderRemoved = false }: { readonly olderRemoved?: boolean } = {},
): CannedResponse | undefined {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  if (method !== "GET" || pathname !== "/api/changes") return undefined;
  const query = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  const isDescending = query("order") === "desc";
  const matching = log.filter(
    ({ appId, mine, changedAt }) =>
      (query("appId") ?? appId) === appId &&
      (query("actor") !== "me" || mine === true) &&
      changedAt >= (query("since") ?? ""),
  );
  const ordered = isDescending ? matching.toReversed() : matching;
  const after = query("after");
  const start = after === undefined ? 0 : ordered.findIndex(({ cursor }) => cursor === after) + 1;
  const top = Number(query("top") ?? "100");
  if (!Number.isInteger(top) || top < 1 || top > 1000) {
    return {
      status: 400,
      body: { error: { code: "BadRequest", message: `The value of 'top' is not valid.` } },
    };
  }
  const value = ordered.slice(start, start + top);
  const hasEnd = isDescending && start + top >= ordered.length;
  const next = value.at(-1)?.cursor ?? after;
  const reachesOldest = isDescending ? hasEnd : after === undefined;
  return {
    status: 200,
    body: {
      value,
      ...(next !== undefined && !hasEnd && { next }),
      ...(reachesOldest && olderRemoved && { olderRemoved }),
    },
  };
}
