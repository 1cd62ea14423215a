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
} from "../../test/break-server.ts";
import { baseUrl } from "../../test/contract-server.ts";
import { appId } from "../../test/samples.ts";

const written = "PATCH of all ten counters answers the summary";
const read = "GET answers what PATCH answered, with its ETag";
const type = "#microsoft.graph.mobileAppInstallSummary";
const context = `body.@odata.context must be "${baseUrl}/$metadata#deviceAppManagement/mobileApps('${appId}')/installSummary/$entity"`;

const servers: readonly BrokenServer[] = [
  ["writes counters as text", counters(String), written, 'body.failedDeviceCount must be 1, is "1"'],
  [
    "has 0 for a counter that it failed to read",
    counters(() => 0),
    read,
    "body.failedDeviceCount must be 1, is 0",
  ],
  ["leaves a counter out", counters(() => undefined), read, "body.failedDeviceCount is missing"],
  [
    "takes the most that an Int32 holds for too much",
    members((name, value) =>
      name === "pendingInstallUserCount" && value === 2147483647 ? 2147483646 : value,
    ),
    "PATCH of the most that an Int32 holds, and of zero, sets both",
    "body.pendingInstallUserCount must be 2147483647, is 2147483646",
  ],
  [
    "wraps a summary",
    when(
      ({ method, path }) => method === "GET" && path.endsWith("/installSummary"),
      (request, server) => {
        const response = server.respond(request);
        return response.status === 200 ? { ...response, body: { value: response.body } } : response;
      },
    ),
    read,
    "body.value must not be there",
  ],
  [
    "adds a member",
    responses((response) =>
      response.status === 200 ? { ...response, body: { ...Object(response.body), version: 3 } } : response,
    ),
    read,
    "body.version must not be there",
  ],
  [
    "writes ids in upper case",
    ids((id) => id.toUpperCase()),
    read,
    `body.id must be "${appId}", is "${appId.toUpperCase()}"`,
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
    "has the type of an app",
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
    "answers no JSON",
    responses((response) => ({ ...response, body: "<p>Sign in</p>" })),
    read,
    "the body must be JSON, is '<p>Sign in</p>'",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});
