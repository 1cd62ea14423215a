import { appNameOf } from "../sample/apps.ts";
import type { LoadRequest } from "../processes/load-generator.ts";

const appsPath = "/beta/deviceAppManagement/mobileApps";
const summaryPath = `${appsPath}/{id}/installSummary`;
const pageLength = 100;

/** The requests that are measured, as a client with a token sends them to a tenant of so many sample apps. */
export function createRequests(token: string, apps: number) {
  const headers = { authorization: `Bearer ${token}` };
  const get: LoadRequest = {
    method: "GET",
    path: summaryPath,
    apps,
    headers,
    expected: { status: 200, contains: ['"id":"{id}"', '"pendingInstallUserCount":7}'] },
  };
  const patch: LoadRequest = {
    ...get,
    method: "PATCH",
    headers: { ...headers, "content-type": "application/json" },
    body: '{"failedDeviceCount":{n}}',
    expected: { status: 200, contains: ['"id":"{id}"', '"failedDeviceCount":{n},'] },
  };
  // One text for every app is all that a constant response can have.
  const anySummary = { status: 200, contains: ['"pendingInstallUserCount":7}'] };
  return {
    get,
    getAny: { ...get, expected: anySummary },
    getUnchanged: {
      ...get,
      headers: { ...headers, "if-none-match": 'W/"1"' },
      expected: { status: 304, contains: [] },
    },
    patch,
    batch: batchOf(patch),
    patchAny: { ...patch, expected: anySummary },
    /** The first hundred apps by name, each with its summary. */
    list: {
      ...get,
      path: `${appsPath}?$expand=installSummary&$top=${pageLength}`,
      expected: {
        status: 200,
        contains: [
          '"@odata.nextLink":',
          `"displayName":"${appNameOf(0)}"`,
          `"displayName":"${appNameOf(pageLength - 1)}"`,
          '"pendingInstallUserCount":7}',
        ],
      },
    },
    /** A search that looks at every app and finds the last one. */
    search: {
      ...get,
      path: `${appsPath}?$search="${appNameOf(apps - 1).slice(-7)}"`,
      expected: { status: 200, contains: [`"displayName":"${appNameOf(apps - 1)}"`] },
    },
    /** Finds one app by an index. */
    filterById: {
      ...get,
      path: `${appsPath}?$filter=id%20eq%20'{id}'&$expand=installSummary`,
      expected: { status: 200, contains: ['"id":"{id}"', '"pendingInstallUserCount":7}'] },
    },
    filterByName: {
      ...get,
      path: `${appsPath}?$filter=displayName%20eq%20'${encodeURIComponent(appNameOf(apps - 1))}'`,
      expected: { status: 200, contains: [`"displayName":"${appNameOf(apps - 1)}"`] },
    },
    /** Looks at every app and its summary, and finds the last one. */
    filterByScan: {
      ...get,
      path: `${appsPath}?$filter=installSummary/failedDeviceCount%20ge%200%20and%20endswith(displayName,'${appNameOf(apps - 1).slice(-7)}')`,
      expected: { status: 200, contains: [`"displayName":"${appNameOf(apps - 1)}"`] },
    },
    orderByCounter: {
      ...get,
      path: `${appsPath}?$orderby=installSummary/failedDeviceCount%20desc&$top=${pageLength}`,
      expected: { status: 200, contains: ['"@odata.nextLink":', '"displayName":"Sample application '] },
    },
    live: { ...get, path: "/livez", expected: { status: 200, contains: [] } },
  } satisfies Readonly<Record<string, LoadRequest>>;
}

const batchLength = 20;

/** A batch that changes as many apps as a batch may. */
function batchOf({ headers, apps }: LoadRequest): LoadRequest {
  const numbers = Array.from({ length: batchLength }, (_, number) => number);
  const requests = numbers.map(
    (number) =>
      `{"id":"${number}","method":"PATCH","url":"${summaryPath.replace("{id}", `{id+${number}}`)}","headers":{"Content-Type":"application/json"},"body":{"failedDeviceCount":{n}}}`,
  );
  return {
    method: "POST",
    path: "/beta/$batch",
    apps,
    headers,
    holds: batchLength,
    body: `{"requests":[${requests.join(",")}]}`,
    expected: {
      status: 200,
      contains: numbers.map((number) => `"id":"${number}","status":200,`),
    },
  };
}
