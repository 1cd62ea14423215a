import { expect, test } from "vitest";
import { ignoring, member, runPairs, when, type BrokenServer, hasText } from "../../../test/break-server.ts";
import { baseUrl } from "../../../test/contract-server.ts";
import { otherAppId } from "../../../test/contract-server.ts";
import { appId } from "../../../test/samples.ts";
import type { SentRequest } from "./check-pair.ts";

const json = { "content-type": "application/json" };
const dryRun = "PATCH as a dry run returns the summary as it would be, under the current ETag";

const servers: readonly BrokenServer[] = [
  [
    "refuses to let a reader read",
    when(
      ({ method, identity }) => method === "GET" && identity === "reader",
      (request, server) => server.respond({ ...request, method: "PATCH" }),
    ),
    "GET by a caller who may only read returns the same",
    "the status must be 200 but is 403",
  ],
  [
    "overwrites every app with one PATCH",
    when(
      ({ method, path }) => method === "PATCH" && path.includes(appId),
      async (request, server) => {
        await server.respond({ ...request, headers: json, path: request.path.replace(appId, otherAppId) });
        return server.respond(request);
      },
    ),
    "the other app is unchanged",
    'the header etag must be W/"',
  ],
  [
    "fails for a nonstandard GUID version",
    when(
      ({ path }) => path.includes("-f210-"),
      () => ({ status: 500, headers: {} }),
    ),
    "an unknown id of a nonstandard GUID version is 404",
    "the status must be 404 but is 500",
  ],
  [
    "links to the page it just returned",
    member(
      "@odata.nextLink",
      () => `${baseUrl}/deviceAppManagement/mobileApps?$expand=installSummary&$top=1`,
    ),
    "the next page has another app",
    `body.value[0].id must be new but is ${otherAppId}, as 'firstApp' was`,
  ],
  [
    "returns numbers as warnings",
    member("@installSummary.warnings", () => [1, 2]),
    dryRun,
    'body.@installSummary.warnings[0] must be {"code":"deviceTotalChanged"',
  ],
  [
    "returns no warnings",
    member("@installSummary.warnings", () => []),
    dryRun,
    'body.@installSummary.warnings must contain {"code":"deviceTotalChanged"',
  ],
  [
    "treats dryRun=false as a dry run",
    pathChanged("dryRun=false", "dryRun=true"),
    "PATCH with dryRun=false commits its change",
    "the header etag must be new but is",
  ],
  [
    "ignores a malformed dryRun",
    pathChanged("?dryRun=maybe", ""),
    "PATCH with a dryRun other than true and false is 400",
    "the status must be 400 but is 200",
  ],
  [
    "ignores unknown options",
    pathChanged("$nope", "nope"),
    "GET with an unknown option is 400",
    "the status must be 400 but is 200",
  ],
  [
    "compares media types with their parameters",
    when(
      ({ headers }) => headers["content-type"]?.endsWith("utf-8") === true,
      (request, server) => server.respond({ ...request, headers: { "content-type": "text/plain" } }),
    ),
    "PATCH of JSON with charset utf-8 succeeds",
    "the status must be 200 but is 415",
  ],
  [
    "ignores If-Unmodified-Since",
    ignoring("if-unmodified-since"),
    "PATCH with If-Unmodified-Since is 400: a requested protection is never dropped",
    "the status must be 400 but is 200",
  ],
  [
    "looks for the app before it reads the body",
    when(
      ({ method, path, body }) => method === "PATCH" && path.includes("badc0de") && hasText(body, "-"),
      (request, server) => server.respond({ ...request, body: "{}" }),
    ),
    "a wrong body is reported before an unknown app",
    "the status must be 400 but is 404",
  ],
  [
    "compares paths with case",
    when(
      ({ path }) => path.includes("MOBILEAPPS"),
      (request, server) => server.respond({ ...request, path: "/apps" }),
    ),
    "segments compare without case, and a trailing slash is ignored",
    "the status must be 200 but is 400",
  ],
  [
    "expands a summary without $expand",
    when(
      ({ path }) => path.endsWith(`mobileApps/${appId}`),
      (request, server) => server.respond({ ...request, path: `${request.path}?$expand=installSummary` }),
    ),
    "an app without $expand has no summary",
    "body.installSummary must be absent",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});

function pathChanged(part: string, other: string): BrokenServer[1] {
  return when(
    ({ path }: SentRequest) => path.includes(part),
    (request, server) => server.respond({ ...request, path: request.path.replace(part, other) }),
  );
}
