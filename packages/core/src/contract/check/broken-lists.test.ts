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
} from "../../../test/break-server.ts";
import { baseUrl } from "../../../test/contract-server.ts";
import { appId } from "../../../test/samples.ts";

const page = "a page of one app, expanded, links to the next page";
const list = "an expanded list has the committed summary";
const type = "#microsoft.graph.mobileAppInstallSummary";
const nextLink = `body.@odata.nextLink must be "${baseUrl}/deviceAppManagement/mobileApps?…"`;
const counter = "body.value[0].installSummary.failedDeviceCount must be a whole number from 0 to 2147483647";

const servers: readonly BrokenServer[] = [
  ["lists counters as text", counters(String, isList), page, `${counter} but is "1"`],
  ["lists counters that are null", counters(() => null, isList), page, `${counter} but is null`],
  ["lists counters below 0", counters(() => -1, isList), page, `${counter} but is -1`],
  ["lists counters that are fractions", counters(() => 0.5, isList), page, `${counter} but is 0.5`],
  [
    "lists counters above the Int32 maximum",
    counters(() => 2 ** 31, isList),
    page,
    `${counter} but is 2147483648`,
  ],
  [
    "lists former values",
    counters(() => 7, isList),
    list,
    "body.value[1].installSummary.failedDeviceCount must be 1000 but is 7",
  ],
  [
    "expands former values",
    counters(
      () => 7,
      ({ path }) => path.includes(`${appId}?`),
    ),
    "an expanded app has the committed summary",
    "body.installSummary.failedDeviceCount must be 1000 but is 7",
  ],
  [
    "links to the next page without an origin",
    member("@odata.nextLink", (link) => String(link).replace(baseUrl, "/beta")),
    page,
    `${nextLink} but is "/beta/deviceAppManagement`,
  ],
  [
    "links to another origin",
    member("@odata.nextLink", (link) => String(link).replace("intune", "evil")),
    page,
    `${nextLink} but is "https://evil.example`,
  ],
  [
    "links to http",
    member("@odata.nextLink", (link) => String(link).replace("https:", "http:")),
    page,
    `${nextLink} but is "http://intune`,
  ],
  [
    "links to another path",
    member("@odata.nextLink", (link) => String(link).replace("mobileApps", "apps")),
    page,
    nextLink,
  ],
  [
    "leaves the next link out",
    member("@odata.nextLink", () => undefined),
    page,
    "body.@odata.nextLink is missing",
  ],
  [
    "lists ids that are not GUIDs",
    ids((id) => id.slice(1), isList),
    page,
    'body.value[0].id must be a GUID in lower case but is "1111111-',
  ],
  [
    "lists ids in upper case",
    ids((id) => id.toUpperCase(), isList),
    list,
    `body.value[1].id must be "${appId}"`,
  ],
  [
    "lists summaries whose id is not the app's",
    members((name, value) => (name === "installSummary" ? { ...Object(value), id: "7" } : value)),
    page,
    'body.value[0].installSummary.id must be a GUID in lower case but is "7"',
  ],
  [
    "lists empty ETags",
    members((name, value) => (name === "@odata.etag" ? 'W/""' : value)),
    page,
    'body.value[0].installSummary.@odata.etag must be one weak ETag such as W/"7" but is "W/\\"\\""',
  ],
  [
    "lists an earlier ETag",
    members((name, value) => (name === "@odata.etag" ? 'W/"2"' : value)),
    list,
    'body.value[1].installSummary.@odata.etag must be "W/\\"8\\"" but is "W/\\"2\\""',
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
  [
    "lists nothing",
    members((name, value) => (name === "value" ? [] : value)),
    list,
    "body.value must contain",
  ],
  [
    "ignores $filter",
    when(
      ({ path }) => path.includes("$filter"),
      (request, server) => server.respond({ ...request, path: request.path.replace("$filter", "_") }),
    ),
    "a filter by id finds one app, with the committed summary",
    "body.value must have 1 element but has 2",
  ],
  [
    "ignores $select",
    when(
      ({ path }) => path.includes("select="),
      (request, server) => server.respond({ ...request, path: request.path.replace("select=", "_=") }),
    ),
    "options without $ filter by a counter and select",
    "body.value[1].displayName must be absent",
  ],
  [
    "expands an unknown property to an empty list",
    when(
      ({ path }) => path.endsWith("$expand=assignments"),
      (request, server) =>
        server.respond({ ...request, path: request.path.replace("assignments", "installSummary") }),
    ),
    "an unsupported expansion is 400, never an empty list",
    "the status must be 400 but is 200",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});
