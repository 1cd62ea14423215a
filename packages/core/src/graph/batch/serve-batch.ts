import { readJsonBody, type Gunzip } from "../exchange/body.ts";
import { beginExchange, type EndedItem, type Exchange } from "../exchange/exchange.ts";
import { errorResponse, toGraphError, type MaybePromise, type PlainResponse } from "../exchange/response.ts";
import { graphError, isGraphError } from "../../http/graph-error.ts";
import { visibleText } from "../../text/visible-text.ts";
import { negotiate } from "../headers/negotiate.ts";
import { parseQuery, pickWriteOptions } from "../options/query-options.ts";
import { parseResourcePath, type Resource } from "../path/resource-path.ts";
import type { ServiceLimits } from "../routes/call.ts";
import { jsonResponse } from "../routes/responses.ts";
import { formatBatch, type ItemResponse } from "./format-batch.ts";
import { encodeItemBody } from "./item-body.ts";
import { parseItemUrl, type ItemUrl } from "./item-url.ts";
import { parseBatch, type BatchItem } from "./parse-batch.ts";
import { runInOrder, type OrderedItem } from "./run-in-order.ts";

/** What a batch is served with. */
export interface BatchParts {
  readonly limits: ServiceLimits;
  readonly gunzip: Gunzip;
  /** Serves one request for the caller of the batch, or throws the error to respond with. */
  readonly serve: (exchange: Exchange, resource: Resource) => MaybePromise<PlainResponse>;
}

/** POST /beta/$batch: the responses to its requests, in their order. */
export async function serveBatch(
  batch: Exchange,
  { limits, gunzip, serve }: BatchParts,
): Promise<PlainResponse> {
  pickWriteOptions(parseQuery(batch.url.query), []);
  const { metadata } = negotiate(batch.headers);
  const requests = parseBatch(await readJsonBody(batch, limits.batchBytes, gunzip));

  const items = requests.map((request) => openItem(batch, request, limits));
  const outcomes = await runInOrder(items, {
    run: (item) => endItem(item, () => serve(item.exchange, item.resource)),
    skip: (item, failed) => skipItem(item, items[failed]?.id ?? ""),
    hasFailed: ({ response }) => response.status >= 400,
  });
  batch.items = outcomes.map(({ exchange, response: { status }, ms }) => ({ exchange, status, ms }));
  return jsonResponse(formatBatch(outcomes), metadata);
}

/** A request of a batch, on its way to its response. */
interface OpenItem extends OrderedItem {
  readonly id: string;
  readonly exchange: Exchange;
  readonly resource: Resource;
}

function openItem(batch: Exchange, item: BatchItem, { urlBytes, bodyBytes }: ServiceLimits): OpenItem {
  const { id, method, headers, dependsOn } = item;
  const { abandoned } = batch;
  const { url, resource } = readUrl(item, urlBytes);
  const readBytes = async (maxBytes: number): Promise<Uint8Array> =>
    encodeItemBody(item.body, Math.min(maxBytes, bodyBytes));
  const exchange = beginExchange(method, { ...batch.url, ...url }, { headers, readBytes, abandoned });
  exchange.resource = resource.kind;
  exchange.tenant = batch.tenant;
  exchange.actor = batch.actor;
  const key = "id" in resource ? resource.id : undefined;
  exchange.app = key;
  return { id, exchange, resource, dependsOn, key };
}

/** What an item's URL names. A fault is a value here as it is in a path. */
function readUrl(
  { url }: BatchItem,
  maxLength: number,
): { readonly url: ItemUrl; readonly resource: Resource } {
  try {
    const parts = parseItemUrl(url, maxLength);
    return { url: parts, resource: parseResourcePath(parts.path) };
  } catch (error) {
    if (!isGraphError(error)) throw error;
    return { url: { path: "", query: "" }, resource: { kind: "fault", error } };
  }
}

/** A response with the time that it took. */
type ItemOutcome = ItemResponse & Pick<EndedItem, "ms">;

async function endItem(
  { id, exchange }: OpenItem,
  respond: () => MaybePromise<PlainResponse>,
): Promise<ItemOutcome> {
  const start = performance.now();
  let response: PlainResponse;
  try {
    response = await respond();
  } catch (error) {
    exchange.error = toGraphError(error);
    response = errorResponse(exchange.error, exchange);
  }
  return { id, response, exchange, ms: performance.now() - start };
}

function skipItem(item: OpenItem, failedId: string): Promise<ItemOutcome> {
  return endItem(item, () => {
    throw graphError(
      "FailedDependency",
      `Request ${visibleText(item.id, 64)} was not executed because request ${visibleText(failedId, 64)} failed.`,
    );
  });
}
