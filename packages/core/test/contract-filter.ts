import type { SentRequest } from "../src/contract/check/check-pair.ts";
import { counterNames } from "../src/resource/counters.ts";
import type { InstallSummary } from "../src/resource/install-summary.ts";
import type { Respond } from "./contract-respond.ts";

type Condition = (summary: InstallSummary) => boolean;

const list = "/deviceAppManagement/mobileApps";
const filterOption = /(?<=[?&])\$?filter=([^&]*)&?/;

/** Adds `$filter` to a server: of its lists it leaves out the apps that do not match. */
export function serveFilter(respond: Respond): Respond {
  return async (request) => {
    const [, text] = request.path.startsWith(`${list}?`) ? (filterOption.exec(request.path) ?? []) : [];
    const conditions = text === undefined ? [] : decodeURIComponent(text).split(" and ").map(parseCondition);
    if (text === undefined || conditions.includes(undefined)) return respond(request);
    const isFound: Condition = (summary) => conditions.every((holds) => holds?.(summary) === true);
    const found = (await summariesAt(respond, request)).filter(isFound);
    const response = await respond({ ...request, path: request.path.replace(filterOption, "") });
    const { value, ...body }: { value: readonly { id: string }[] } = Object(response.body);
    return {
      ...response,
      body: {
        ...body,
        ...("@odata.count" in body && { "@odata.count": found.length }),
        value: value.filter(({ id }) => found.some((summary) => summary.id === id)),
      },
    };
  };
}

async function summariesAt(respond: Respond, request: SentRequest): Promise<readonly InstallSummary[]> {
  const { body } = await respond({ ...request, path: `${list}?$expand=installSummary` });
  const { value }: { value: readonly { installSummary: InstallSummary }[] } = Object(body);
  return value.map(({ installSummary }) => installSummary);
}

const comparisons: ReadonlyMap<string, (one: number, other: number) => boolean> = new Map([
  ["gt", (one, other) => one > other],
  ["ge", (one, other) => one >= other],
  ["lt", (one, other) => one < other],
]);

/** As much of `$filter` as the pairs need: the id and counters compared; undefined for anything else. */
function parseCondition(text: string): Condition | undefined {
  const id = /^id eq '([^']*)'$/i.exec(text)?.[1];
  if (id !== undefined) return (summary) => summary.id === id.toLowerCase();
  const [, path, operator = "", value] = /^installSummary\/(\w+) (\w\w) (\d+)$/i.exec(text) ?? [];
  const counter = counterNames.find((name) => name === path);
  const compare = comparisons.get(operator);
  if (counter === undefined || compare === undefined) return undefined;
  return (summary) => compare(summary[counter], Number(value));
}
