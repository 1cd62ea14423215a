import type { ExpectedJson } from "../../format/expected-json.ts";
import type { PairRequest } from "../../format/golden-pair.ts";
import { anyCounters, summary } from "./representations.ts";
import { post } from "./requests.ts";

export const batched = { feature: "batch" } as const;
export const contentType = { "Content-Type": "application/json" };

/** A summary of which only this counter is known: the pairs before may have been left out. */
export const unchanged: ExpectedJson = summary({ ...anyCounters, failedDeviceCount: 1000 });

export function postBatch(requests: readonly object[]): PairRequest {
  return post("/$batch", JSON.stringify({ requests }));
}

export function refusedItem(id: string, status: number, code: string, target?: string): ExpectedJson {
  const error = { code, message: "{text}", ...(target !== undefined && { target }), "…": "…" };
  return { id, status, body: { error }, "…": "…" };
}

export function item(id: string, body: ExpectedJson): ExpectedJson {
  return { id, status: 200, body, "…": "…" };
}
