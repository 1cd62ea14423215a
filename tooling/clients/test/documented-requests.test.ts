import { exampleSummary } from "@install-summary/core/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failing } from "../src/check-client.ts";
import {
  compressedPatch,
  graphPowerShellPatch,
  graphSdkGet,
  httpClientPatch,
  odataClientPatch,
  powerShellPatch,
  windowsPowerShellGet,
  windowsPowerShellPatch,
  type DocumentedRequest,
  type Target,
} from "../src/documented-requests.ts";
import { sendRaw, type RawResponse } from "../src/send-raw.ts";
import { startTeamFacade, type TeamFacade } from "../src/start-team-facade.ts";

let facade: TeamFacade;
let target: Target;

beforeAll(async () => {
  facade = await startTeamFacade();
  const { host } = new URL(facade.graph);
  target = { host, token: await facade.issueToken(), appId: exampleSummary.id };
});

afterAll(() => facade[Symbol.asyncDispose]());

test("Windows PowerShell 5.1: a PATCH whose body waits for a 100", async () => {
  const response = await send(windowsPowerShellPatch(target, '{"failedDeviceCount": 3}'));
  expect([response.isContinued, response.status, failed(response)]).toEqual([true, 200, 3]);
});

test("Windows PowerShell 5.1: a PATCH with a refused token is told so before its body is sent", async () => {
  const response = await send(
    windowsPowerShellPatch({ ...target, token: "nonsense" }, '{"failedDeviceCount": 3}'),
  );
  expect([response.isContinued, response.status]).toEqual([false, 401]);
});

test("Windows PowerShell 5.1: $filter in double quotes arrives without its name, and all apps are returned as Graph does", async () => {
  const query = "=installSummary/failedDeviceCount%20gt%20100&=5";
  expect(names(await send(windowsPowerShellGet(target, query)))).toHaveLength(200);
});

test("Windows PowerShell 5.1: a backtick before $filter that single quotes keep is a 400 that says so", async () => {
  const response = await send(windowsPowerShellGet(target, "%60$filter=isAssigned%20eq%20true"));
  expect([response.status, errorOf(response)]).toEqual([400, expect.stringContaining("$filter")]);
});

test("PowerShell 7: a PATCH with an ETag, and the same one again", async () => {
  const { headers } = await send(windowsPowerShellPatch(target, '{"failedDeviceCount": 4}'));
  const etag = headers.get("etag") ?? "";
  const first = await send(powerShellPatch(target, etag, '{"failedDeviceCount": 5}'));
  const second = await send(powerShellPatch(target, etag, '{"failedDeviceCount": 6}'));
  expect([first.status, failed(first), second.status]).toEqual([200, 5, 412]);
  expect(errorOf(second)).toContain("The resource has changed since it was read.");
});

test("Invoke-MgGraphRequest: a hashtable without -ContentType is a 400 that says what is missing, and with it a 200", async () => {
  const body = '{"failedDeviceCount":7}';
  const without = await send(graphPowerShellPatch(target, body));
  expect([without.status, errorOf(without)]).toEqual([400, expect.stringContaining("Content-Type header")]);
  const response = await send(graphPowerShellPatch(target, body, ["Content-Type: application/json"]));
  expect([response.status, failed(response)]).toEqual([200, 7]);
});

test("the Graph SDK for .NET: a list with escaped names of options", async () => {
  const response = await send(graphSdkGet(target));
  expect(names(response)).toEqual(failing);
});

test("HttpClient of .NET: a PATCH of JsonContent in chunks", async () => {
  const response = await send(httpClientPatch(target, '{"failedDeviceCount":10}'));
  expect([response.status, failed(response)]).toEqual([200, 10]);
});

test("kiota for .NET: a PATCH in gzip and chunks", async () => {
  const response = await send(compressedPatch(target, '{"failedDeviceCount":8}'));
  expect([response.status, failed(response)]).toEqual([200, 8]);
});

test("Microsoft.OData.Client: a key in brackets, a type, and versions that name the framework", async () => {
  const body = '{"@odata.type":"#microsoft.graph.mobileAppInstallSummary","failedDeviceCount":9}';
  const response = await send(odataClientPatch(target, body));
  expect([response.status, failed(response)]).toEqual([200, 9]);
});

function send(request: DocumentedRequest): Promise<RawResponse> {
  return sendRaw(facade, request);
}

function failed({ body }: RawResponse): unknown {
  return JSON.parse(body).failedDeviceCount;
}

function errorOf({ body }: RawResponse): unknown {
  return JSON.parse(body).error.message;
}

function names({ body }: RawResponse): readonly string[] {
  const { value } = JSON.parse(body);
  return value.map(({ displayName }: { readonly displayName: string }) => displayName);
}
