import { isAppId } from "../../resource/app-id.ts";
import { exampleApp } from "../../resource/example.ts";
import type { MemoryStore, StoredApp } from "./memory-store.ts";
import type { MemoryRequest, MemoryResponse } from "./message.ts";
import { parseAccept } from "./parse-headers.ts";
import { invalidOption, parseExpand, parseSelect, parseSize, type Options } from "./parse-options.ts";
import { parseSearch } from "./parse-search.ts";
import { contextUrl, expandedSummary, success } from "./responses.ts";

const properties = {
  type: "mobileApp",
  names: Object.keys(exampleApp).filter((name) => !name.startsWith("@")),
};

/** GET …/mobileApps: one page of the apps, by name, then id. */
export function listApps(
  store: MemoryStore,
  pageSize: number,
  request: MemoryRequest,
  options: Options,
): MemoryResponse {
  const shape = parseShape(options);
  const top = Math.min(parseSize(options, "top") ?? pageSize, pageSize);
  const skip = parseSize(options, "skip") ?? 0;
  const isFound = parseSearch(options.get("search"));
  const level = parseAccept(request);
  const apps = store.list().filter(isFound);
  const start = parseSkipToken(options, apps) ?? skip;
  const page = apps.slice(start, start + top);
  const last = page.at(-1);
  const isLastPage = last === undefined || last === apps.at(-1);
  const body = {
    "@odata.context": contextUrl(request.base, shape.suffix),
    ...(options.get("count") === "true" && { "@odata.count": apps.length }),
    ...(!isLastPage && { "@odata.nextLink": nextLink(request, last.app.id) }),
    value: page.map((app) => appBody(request.base, app, shape)),
  };
  return success(body, level);
}

/** GET …/mobileApps/$count: the number of apps as text. */
export function countApps(store: MemoryStore, options: Options): MemoryResponse {
  const count = store.list().filter(parseSearch(options.get("search"))).length;
  return { status: 200, headers: { "content-type": "text/plain", "odata-version": "4.0" }, body: `${count}` };
}

/** GET …/mobileApps/{id} */
export function getApp(
  store: MemoryStore,
  appId: string,
  request: MemoryRequest,
  options: Options,
): MemoryResponse {
  const shape = parseShape(options);
  const level = parseAccept(request);
  const body = {
    "@odata.context": contextUrl(request.base, `${shape.suffix}/$entity`),
    ...appBody(request.base, store.find(appId), shape),
  };
  return success(body, level);
}

/** Which members of an app a response has. */
interface Shape {
  readonly select: readonly string[] | undefined;
  readonly isExpanded: boolean;
  /** What the context says of it. */
  readonly suffix: string;
}

function parseShape(options: Options): Shape {
  const select = parseSelect(options, properties);
  const isExpanded = parseExpand(options);
  const items = [...(select ?? []), ...(isExpanded ? ["installSummary()"] : [])];
  return { select, isExpanded, suffix: items.length === 0 ? "" : `(${items.join(",")})` };
}

function appBody(base: string, stored: StoredApp, { select, isExpanded }: Shape): object {
  const members = Object.entries(stored.app).filter(
    ([name]) => name.startsWith("@") || (select?.includes(name) ?? true),
  );
  return { ...Object.fromEntries(members), ...(isExpanded && expandedSummary(base, stored)) };
}

/** The index after the app that a token names: a token is the id of the last app of a page. */
function parseSkipToken(options: Options, apps: readonly StoredApp[]): number | undefined {
  const token = options.get("skiptoken");
  if (token === undefined) return undefined;
  if (isAppId(token)) return apps.findIndex(({ app }) => app.id === token.toLowerCase()) + 1;
  throw invalidOption("The $skiptoken is not valid for this request.");
}

function nextLink({ base, path }: MemoryRequest, lastId: string): string {
  const [, query = ""] = path.split("?", 2);
  const kept = query.split("&").filter((option) => !/^(?:(?:\$|%24)?skip(?:token)?=.*)?$/i.test(option));
  return `${base}/deviceAppManagement/mobileApps?${[...kept, `$skiptoken=${lastId}`].join("&")}`;
}
