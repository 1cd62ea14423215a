import { expect, test } from "vitest";
import {
  counters,
  ids,
  isList,
  member,
  members,
  runPairs,
  when,
  type BrokenServer,
} from "../../test/break-server.ts";
import { baseUrl } from "../../test/contract-server.ts";
import { appId } from "../../test/samples.ts";

const page = "a page of one app with its summary links to the next";
const list = "a list has the summary that was written";
const type = "#microsoft.graph.mobileAppInstallSummary";
const nextLink = `body.@odata.nextLink must be "${baseUrl}/deviceAppManagement/mobileApps?…"`;
const counter = "body.value[0].installSummary.failedDeviceCount must be a whole number from 0 to 2147483647";

const servers: readonly BrokenServer[] = [
  ["lists counters as text", counters(String, isList), page, `${counter}, is "1"`],
  ["lists counters that are null", counters(() => null, isList), page, `${counter}, is null`],
  ["lists counters below 0", counters(() => -1, isList), page, `${counter}, is -1`],
  ["lists counters that are no whole numbers", counters(() => 0.5, isList), page, `${counter}, is 0.5`],
  ["lists counters beyond Int32", counters(() => 2 ** 31, isList), page, `${counter}, is 2147483648`],
  [
    "lists what was there before",
    counters(() => 7, isList),
    list,
    "body.value[1].installSummary.failedDeviceCount must be 1000, is 7",
  ],
  [
    "expands what was there before",
    counters(
      () => 7,
      ({ path }) => path.includes(`${appId}?`),
    ),
    "an app has the summary that was written",
    "body.installSummary.failedDeviceCount must be 1000, is 7",
  ],
  [
    "links to the next page without an origin",
    member("@odata.nextLink", (link) => String(link).replace(baseUrl, "/beta")),
    page,
    `${nextLink}, is "/beta/deviceAppManagement`,
  ],
  [
    "links to another origin",
    member("@odata.nextLink", (link) => String(link).replace("intune", "evil")),
    page,
    `${nextLink}, is "https://evil.example`,
  ],
  [
    "links to where no TLS is",
    member("@odata.nextLink", (link) => String(link).replace("https:", "http:")),
    page,
    `${nextLink}, is "http://intune`,
  ],
  [
    "links to another path",
    member("@odata.nextLink", (link) => String(link).replace("mobileApps", "apps")),
    page,
    nextLink,
  ],
  [
    "links to no next page",
    member("@odata.nextLink", () => undefined),
    page,
    "body.@odata.nextLink is missing",
  ],
  [
    "lists ids that are no GUIDs",
    ids((id) => id.slice(1), isList),
    page,
    'body.value[0].id must be a GUID in lower case, is "1111111-',
  ],
  [
    "lists ids in upper case",
    ids((id) => id.toUpperCase(), isList),
    list,
    `body.value[1].id must be "${appId}"`,
  ],
  [
    "lists summaries under ids of their own",
    members((name, value) => (name === "installSummary" ? { ...Object(value), id: "7" } : value)),
    page,
    'body.value[0].installSummary.id must be a GUID in lower case, is "7"',
  ],
  [
    "lists empty ETags",
    members((name, value) => (name === "@odata.etag" ? 'W/""' : value)),
    page,
    'body.value[0].installSummary.@odata.etag must be one ETag such as W/"7", is "W/\\"\\""',
  ],
  [
    "lists an earlier ETag",
    members((name, value) => (name === "@odata.etag" ? 'W/"2"' : value)),
    list,
    'body.value[1].installSummary.@odata.etag must be "W/\\"8\\"", is "W/\\"2\\""',
  ],
  [
    "lists no summaries",
    members((name, value) => (name === "installSummary" ? undefined : value)),
    page,
    "body.value[0].installSummary is missing",
  ],
  [
    "lists apps without their type",
    members((name, value) => (name === "@odata.type" && value !== type ? undefined : value)),
    page,
    "body.value[0].@odata.type is missing",
  ],
  ["lists nothing", members((name, value) => (name === "value" ? [] : value)), list, "body.value must hold"],
  [
    "does not filter",
    when(
      ({ path }) => path.includes("$filter"),
      (request, server) => server.respond({ ...request, path: request.path.replace("$filter", "_") }),
    ),
    "a filter by id finds one app, with the summary that was written",
    "body.value must have 1 elements, has 2",
  ],
  [
    "selects nothing",
    when(
      ({ path }) => path.includes("select="),
      (request, server) => server.respond({ ...request, path: request.path.replace("select=", "_=") }),
    ),
    "options without $ filter by a counter and select",
    "body.value[1].displayName must not be there",
  ],
  [
    "expands what it does not have to an empty list",
    when(
      ({ path }) => path.endsWith("$expand=assignments"),
      (request, server) =>
        server.respond({ ...request, path: request.path.replace("assignments", "installSummary") }),
    ),
    "an expansion that is not served is 400, never an empty list",
    "the status must be 400, is 200",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});
