import { isAppId } from "../src/resource/app-id.ts";
import type { VersionedSummary } from "../src/patch/decide-patch.ts";
import { readFilter } from "./contract-filter.ts";
import type { MetadataLevel } from "./contract-headers.ts";
import { invalidOption, readSelect, type Options } from "./contract-query.ts";
import { baseUrl, context, expanded, success, type Reply } from "./contract-replies.ts";
import { sampleApp } from "./samples.ts";

/** GET …/mobileApps: a page of the apps, in an order that stays. */
export function listApps(
  all: readonly VersionedSummary[],
  options: Options,
  query: string,
  level: MetadataLevel,
): Reply {
  const matches = readFilter(options.get("filter"));
  const isFound = readSearch(options);
  const apps = all.filter(({ summary }) => matches(summary) && isFound(sampleApp()));
  const top = Math.min(Number(options.get("top") ?? 1000), 1000);
  const start = readSkipToken(options, apps);
  const page = apps.slice(start, start + top);
  const last = page.at(-1);
  const hasMore = last !== undefined && last !== apps.at(-1);
  return success(
    {
      "@odata.context": context + suffix(options),
      ...(options.get("count") === "true" && { "@odata.count": apps.length }),
      ...(hasMore && { "@odata.nextLink": nextLink(query, last.summary.id) }),
      value: page.map((app) => appMembers(app, options)),
    },
    {},
    level,
  );
}

/** GET …/mobileApps/$count */
export function countApps(all: readonly VersionedSummary[], options: Options): Reply {
  const matches = readFilter(options.get("filter"));
  const count = all.filter(({ summary }) => matches(summary)).length;
  return { status: 200, headers: { "content-type": "text/plain", "odata-version": "4.0" }, body: `${count}` };
}

/** GET …/mobileApps/{id} */
export function readApp(app: VersionedSummary, options: Options, level: MetadataLevel): Reply {
  const body = {
    "@odata.context": `${context}${suffix(options)}/$entity`,
    ...appMembers(app, options),
  };
  return success(body, {}, level);
}

function appMembers(app: VersionedSummary, options: Options): object {
  const members = Object.entries({ ...sampleApp(), id: app.summary.id });
  const select = selected(options);
  return {
    ...Object.fromEntries(
      members.filter(([name]) => name.startsWith("@") || (select?.includes(name) ?? true)),
    ),
    ...(options.has("expand") && expanded(app)),
  };
}

function selected(options: Options): readonly string[] | undefined {
  return readSelect(
    options,
    Object.keys(sampleApp()).filter((name) => !name.startsWith("@")),
  );
}

/** What the context says of what was selected and expanded. */
function suffix(options: Options): string {
  const items = [...(selected(options) ?? []), ...(options.has("expand") ? ["installSummary()"] : [])];
  return items.length === 0 ? "" : `(${items.join(",")})`;
}

/** Whether an app has all words of a search in its name or publisher; what stands in quotes is one. */
function readSearch(options: Options): (app: ReturnType<typeof sampleApp>) => boolean {
  const words = (options.get("search") ?? "").toLowerCase().match(/"[^"]*"|\S+/g) ?? [];
  return ({ displayName, publisher }) => {
    const text = `${displayName ?? ""}\n${publisher ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word.replaceAll('"', "")));
  };
}

/** Where the page begins: behind the app that the token names. */
function readSkipToken(options: Options, apps: readonly VersionedSummary[]): number {
  const token = options.get("skiptoken");
  if (token === undefined) return 0;
  if (!isAppId(token)) throw invalidOption("The $skiptoken is not valid for this request.");
  return apps.findIndex(({ summary }) => summary.id === token) + 1;
}

function nextLink(query: string, lastId: string): string {
  const kept = query.split("&").filter((option) => option !== "" && !/^(?:\$|%24)?skiptoken=/i.test(option));
  return `${baseUrl}/deviceAppManagement/mobileApps?${[...kept, `$skiptoken=${lastId}`].join("&")}`;
}
