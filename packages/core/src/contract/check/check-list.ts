import { parseAppId } from "../../resource/app-id.ts";
import { visibleText } from "../../text/visible-text.ts";
import { readText } from "./content-coding.ts";
import { describeNoResponse, type PairRun, type SendRequest } from "./check-pair.ts";

const apps = "/deviceAppManagement/mobileApps";
const maxApps = 1000;

/**
 * Lists all apps in one page and again in about three, and returns the differences from the contract, one sentence each:
 * every app must be there once, in the same order both times, the app of the run among them, and `@odata.count` must be
 * their number on every page. No single pair can see a list that drops an app. It changes nothing, and needs a tenant of
 * 2 to 1000 apps. Throws for an app's id that is not a GUID.
 */
export async function checkList(send: SendRequest, run: Pick<PairRun, "appId">): Promise<readonly string[]> {
  const appId = parseAppId(run.appId);
  try {
    const whole = await readList(send, maxApps);
    if (typeof whole === "string") return [whole];
    const size = Math.ceil(whole.ids.length / 3);
    const paged = await readList(send, size);
    if (typeof paged === "string") return [paged];
    return [
      ...checkWhole(whole, "the list"),
      ...(whole.ids.includes(appId) ? [] : [`the list must have the app ${appId}`]),
      ...checkWhole(paged, `the list in pages of ${size}`),
      ...compareIds(whole.ids, paged.ids, size),
    ];
  } catch (error) {
    return [describeNoResponse(error)];
  }
}

interface List {
  readonly ids: readonly string[];
  /** The `@odata.count` of each page, as JSON. */
  readonly counts: readonly string[];
}

/** Reads a list to its end, or says why it cannot be read. */
async function readList(send: SendRequest, size: number): Promise<List | string> {
  const ids: string[] = [];
  const counts: string[] = [];
  let path: string | undefined = `${apps}?$count=true&$top=${size}`;
  while (path !== undefined) {
    const response = await send({ method: "GET", path, headers: {}, identity: "writer" });
    const text = await readText(response);
    const page = parsePage(text);
    if (response.status !== 200 || page === undefined) {
      return `GET ${path} must return a page of apps but is ${response.status}: ${visibleText(text, 200)}`;
    }
    if (page.ids.length > size)
      return `GET ${path} must return at most ${size} apps but returns ${page.ids.length}`;
    ids.push(...page.ids);
    counts.push(page.count);
    if (ids.length > maxApps || counts.length > maxApps) {
      return `the list in pages of ${size} must end but goes on after ${counts.length} pages with ${ids.length} apps`;
    }
    const start = page.nextLink?.indexOf(`${apps}?`);
    if (start === -1)
      return `@odata.nextLink must lead to ${apps} but is ${visibleText(page.nextLink ?? "", 200)}`;
    path = page.nextLink?.slice(start);
  }
  return { ids, counts };
}

function parsePage(
  text: string,
): { readonly ids: readonly string[]; readonly count: string; readonly nextLink?: string } | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const page = membersOf(json);
  const value = page.get("value");
  if (!Array.isArray(value)) return undefined;
  const nextLink = page.get("@odata.nextLink");
  return {
    ids: value.map((app) => String(membersOf(app).get("id")).toLowerCase()),
    count: visibleText(JSON.stringify(page.get("@odata.count")) ?? "missing", 64),
    ...(typeof nextLink === "string" && { nextLink }),
  };
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

function checkWhole({ ids, counts }: List, where: string): readonly string[] {
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  const wrong = counts.find((count) => count !== String(ids.length));
  return [
    ...[...twice].map((id) => `${where} must have the app ${visibleText(id, 64)} once but has it more often`),
    ...(wrong === undefined ? [] : [`${where} has ${ids.length} apps, but its @odata.count is ${wrong}`]),
  ];
}

function compareIds(whole: readonly string[], paged: readonly string[], size: number): readonly string[] {
  const missing = whole.filter((id) => !paged.includes(id));
  const further = paged.filter((id) => !whole.includes(id));
  const differences = [
    ...missing.map(
      (id) => `the list has the app ${visibleText(id, 64)}, but in pages of ${size} it lacks it`,
    ),
    ...further.map(
      (id) => `the list lacks the app ${visibleText(id, 64)}, but in pages of ${size} it has it`,
    ),
  ];
  if (differences.length > 0 || whole.length !== paged.length) return differences;
  return whole.every((id, index) => id === paged[index])
    ? []
    : [`the list must have one order, but in pages of ${size} it has another`];
}
