import { expect, test } from "vitest";
import {
  responses,
  counters,
  ids,
  member,
  members,
  runPairs,
  when,
  type BrokenServer,
} from "../../../test/break-server.ts";
import { baseUrl } from "../../../test/contract-server.ts";
import { appId } from "../../../test/samples.ts";

const written = "PATCH of all ten counters returns the summary";
const read = "GET returns what PATCH returned, with its ETag";
const type = "#microsoft.graph.mobileAppInstallSummary";
const context = `body.@odata.context must be "${baseUrl}/$metadata#deviceAppManagement/mobileApps('${appId}')/installSummary/$entity"`;

const servers: readonly BrokenServer[] = [
  ["writes counters as text", counters(String), written, 'body.failedDeviceCount must be 1 but is "1"'],
  [
    "returns 0 for a counter it could not read",
    counters(() => 0),
    read,
    "body.failedDeviceCount must be 1 but is 0",
  ],
  ["leaves a counter out", counters(() => undefined), read, "body.failedDeviceCount is missing"],
  [
    "caps counters below the Int32 maximum",
    members((name, value) =>
      name === "pendingInstallUserCount" && value === 2147483647 ? 2147483646 : value,
    ),
    "PATCH of the Int32 maximum and of zero sets both",
    "body.pendingInstallUserCount must be 2147483647 but is 2147483646",
  ],
  [
    "wraps the summary of a GET",
    when(
      ({ method, path }) => method === "GET" && path.endsWith("/installSummary"),
      async (request, server) => {
        const response = await server.respond(request);
        return response.status === 200 ? { ...response, body: { value: response.body } } : response;
      },
    ),
    read,
    "body.value must be absent",
  ],
  [
    "adds a member",
    responses((response) =>
      response.status === 200 ? { ...response, body: { ...Object(response.body), version: 3 } } : response,
    ),
    read,
    "body.version must be absent",
  ],
  [
    "writes ids in upper case",
    ids((id) => id.toUpperCase()),
    read,
    `body.id must be "${appId}" but is "${appId.toUpperCase()}"`,
  ],
  ["leaves the id out", ids(() => undefined), read, "body.id is missing"],
  [
    "has the context of another app",
    member("@odata.context", (text) => String(text).replace(appId, "11111111-1111-4111-8111-111111111111")),
    read,
    context,
  ],
  [
    "has relative contexts",
    member("@odata.context", (text) => String(text).replace(baseUrl, "")),
    read,
    context,
  ],
  [
    "has contexts of Graph",
    member("@odata.context", (text) => String(text).replace("intune.example", "graph.microsoft.com")),
    read,
    context,
  ],
  [
    "has contexts of v1.0",
    member("@odata.context", (text) => String(text).replace("/beta/", "/v1.0/")),
    read,
    context,
  ],
  [
    "returns the type of an app",
    member("@odata.type", () => "#microsoft.graph.mobileApp"),
    read,
    `body.@odata.type must be "${type}"`,
  ],
  [
    "has types without #",
    member("@odata.type", (text) => String(text).replace("#", "")),
    read,
    `body.@odata.type must be "${type}"`,
  ],
  ["leaves types out", member("@odata.type", () => undefined), read, "body.@odata.type is missing"],
  [
    "returns HTML",
    responses((response) => ({ ...response, body: "<p>Sign in</p>" })),
    read,
    "the body must be JSON but is '<p>Sign in</p>'",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});
