import { readJsonBody, type Gunzip } from "../exchange/body.ts";
import { beginExchange, type EndedItem, type Exchange } from "../exchange/exchange.ts";
import { errorResponse, toGraphError, type MaybePromise, type PlainResponse } from "../exchange/response.ts";
import { graphError, isGraphError, type GraphError } from "../../http/graph-error.ts";
import type { ByteLimit } from "../../store/limit-error.ts";
import { checkHeaderSize } from "../headers/check-header-size.ts";
import { negotiate } from "../headers/negotiate.ts";
import { parseQuery, pickWriteOptions } from "../options/query-options.ts";
import { parseResourcePath, type Resource } from "../path/resource-path.ts";
import type { ServiceLimits } from "../routes/call.ts";
import { jsonResponse } from "../routes/responses.ts";
import { shown } from "./batch-json.ts";
import { formatBatch, type ItemResponse } from "./format-batch.ts";
import { encodeItemBody } from "./item-body.ts";
import { parseItemUrl, type ItemUrl } from "./item-url.ts";
import { parseBatch, type BatchItem } from "./parse-batch.ts";
import { runInOrder, type OrderedItem } from "./run-in-order.ts";

/** Bounds what one batch takes. */
export interface BatchAccount {
  /** Resolves once the next long body may be parsed: others have their turn between those of one batch. */
  turn(): Promise<void>;
  /** Throws the error of a page of apps for which there is no room. */
  checkPage(): void;
  /** Counts a response, by its characters. */
  hold(length: number): void;
  /** Gives everything back once the batch is responded to. */
  close(): void;
}

/** What a batch is served with. */
export interface BatchParts {
  /** How large the body of a batch may be. */
  readonly limit: ByteLimit;
  /** What bounds the URL and headers of an item, as it bounds those of any other request. */
  readonly limits: ServiceLimits;
  readonly gunzip: Gunzip;
  /** Absent where nothing bounds the responses. */
  readonly account: BatchAccount | undefined;
  /** Serves one request for the caller of the batch, or throws the error to respond with. */
  readonly serve: (exchange: Exchange, resource: Resource) => MaybePromise<PlainResponse>;
}

/** POST /beta/$batch: the responses to its requests, in their order. */
export async function serveBatch(
  batch: Exchange,
  { limit, limits, gunzip, account, serve }: BatchParts,
): Promise<PlainResponse> {
  pickWriteOptions(parseQuery(batch.url.query), []);
  const { metadata } = negotiate(batch.headers);
  const requests = parseBatch(await readJsonBody(batch, limit, gunzip));

  const items = requests.map((item) => openItem({ batch, item, limits, account }));
  const outcomes = await runInOrder(items, {
    async run(item) {
      const respond = (): MaybePromise<PlainResponse> => serve(item.exchange, item.resource);
      const isPage = item.resource.kind === "apps";
      const outcome = await endItem(item, isPage ? () => readPage(account, respond) : respond);
      if (!isPage) account?.hold(lengthOf(outcome.response));
      return outcome;
    },
    skip: (item, failed) => skipItem(item, items[failed]?.id ?? ""),
    hasFailed: ({ response }) => response.status >= 400,
  }).finally(() => account?.close());
  batch.items = outcomes.map(({ exchange, response: { status }, ms }) => ({ exchange, status, ms }));
  return jsonResponse(formatBatch(outcomes), metadata);
}

/**
 * Reads a page of apps, which is counted once it is there: a page that waits for its turn holds nothing. What other batches
 * got meanwhile may have left no room for it, and then it is dropped.
 */
async function readPage(
  account: BatchAccount | undefined,
  read: () => MaybePromise<PlainResponse>,
): Promise<PlainResponse> {
  account?.checkPage();
  const page = await read();
  account?.checkPage();
  account?.hold(lengthOf(page));
  return page;
}

function lengthOf({ body }: PlainResponse): number {
  return body?.length ?? 0;
}

/** How long a body may be to be parsed at once, in bytes: all counters, with room to spare. */
const shortBody = 1024;

/** A request of a batch, on its way to its response. */
interface OpenItem extends OrderedItem {
  readonly id: string;
  readonly exchange: Exchange;
  readonly resource: Resource;
}

/** A request of a batch, with what serves it. */
interface ItemParts extends Pick<BatchParts, "limits" | "account"> {
  readonly batch: Exchange;
  readonly item: BatchItem;
}

function openItem({ batch, item, limits, account }: ItemParts): OpenItem {
  const { id, method, dependsOn } = item;
  const { abandoned } = batch;
  const { url, resource } = readHead(item, limits);
  const headers = { get: (name: string) => item.headers.get(name) ?? null };
  const readBytes = async (limit: ByteLimit): Promise<Uint8Array> => {
    const bytes = encodeItemBody(item.body, limit);
    if (bytes.length > shortBody) await account?.turn();
    return bytes;
  };
  const exchange = beginExchange(method, { ...batch.url, ...url }, { headers, readBytes, abandoned });
  exchange.resource = resource.kind;
  exchange.tenant = batch.tenant;
  exchange.actor = batch.actor;
  if ("id" in resource) exchange.app = resource.id;
  return { id, exchange, resource, dependsOn, key: orderKey(resource) };
}

/** Requests for one app run in order. So do those for many apps, which are the long ones. */
function orderKey(resource: Resource): string | undefined {
  if ("id" in resource) return resource.id;
  return resource.kind === "apps" || resource.kind === "count" ? "apps" : undefined;
}

/** What an item's URL names. A fault of its head is a value here as it is in a path. */
function readHead(
  { url, headers }: BatchItem,
  { urlBytes, headerBytes }: ServiceLimits,
): { readonly url: ItemUrl; readonly resource: Resource } {
  try {
    const parts = parseItemUrl(url, urlBytes);
    checkHeaderSize([...headers].flat(), headerBytes);
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
  const message = `Request ${shown(item.id)} was not executed because request ${shown(failedId)} failed.`;
  return refuseItem(item, graphError("FailedDependency", message));
}

function refuseItem(item: OpenItem, error: GraphError): Promise<ItemOutcome> {
  return endItem(item, () => {
    throw error;
  });
}
