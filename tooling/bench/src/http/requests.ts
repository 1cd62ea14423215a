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
    live: { ...get, path: "/livez", expected: { status: 200, contains: [] } },
  } satisfies Readonly<Record<string, LoadRequest>>;
}
