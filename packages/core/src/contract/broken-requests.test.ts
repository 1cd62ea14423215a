import { expect, test } from "vitest";
import { deafTo, member, runPairs, when, type BrokenServer } from "../../test/break-server.ts";
import { baseUrl } from "../../test/contract-server.ts";
import { otherAppId } from "../../test/contract-server.ts";
import { appId } from "../../test/samples.ts";
import type { SentRequest } from "./check/check-pair.ts";

const json = { "content-type": "application/json" };
const dryRun = "PATCH as a dry run answers what would be, under the ETag of what is";

const servers: readonly BrokenServer[] = [
  [
    "lets nobody read who may not write",
    when(
      ({ method, identity }) => method === "GET" && identity === "reader",
      (request, server) => server.respond({ ...request, method: "PATCH" }),
    ),
    "GET by someone who may only read answers the same",
    "the status must be 200, is 403",
  ],
  [
    "overwrites every app with one PATCH",
    when(
      ({ method, path }) => method === "PATCH" && path.includes(appId),
      (request, server) => {
        server.respond({ ...request, headers: json, path: request.path.replace(appId, otherAppId) });
        return server.respond(request);
      },
    ),
    "another app was not changed by all of this",
    'the header etag must be W/"',
  ],
  [
    "knows one app that nobody knows",
    when(
      ({ path }) => path.includes("-f210-"),
      () => ({ status: 500, headers: {} }),
    ),
    "an unknown id of a version that no RFC has is 404",
    "the status must be 404, is 500",
  ],
  [
    "links to the page that it just answered",
    member(
      "@odata.nextLink",
      () => `${baseUrl}/deviceAppManagement/mobileApps?$expand=installSummary&$top=1`,
    ),
    "the next page has another app",
    `body.value[0].id must be another than 'firstApp' had, is ${otherAppId} again`,
  ],
  [
    "warns in numbers",
    member("@installSummary.warnings", () => [1, 2]),
    dryRun,
    'body.@installSummary.warnings[0] must be {"code":"deviceTotalChanged"',
  ],
  [
    "warns of nothing",
    member("@installSummary.warnings", () => []),
    dryRun,
    'body.@installSummary.warnings must hold {"code":"deviceTotalChanged"',
  ],
  [
    "takes dryRun=false for a dry run",
    pathChanged("dryRun=false", "dryRun=true"),
    "PATCH with dryRun=false is no dry run",
    "the header etag must be another than 'back' had",
  ],
  [
    "takes a dryRun that it cannot read for none",
    pathChanged("?dryRun=maybe", ""),
    "PATCH with a dryRun that is neither true nor false is 400",
    "the status must be 400, is 200",
  ],
  [
    "ignores options that it does not know",
    pathChanged("$nope", "nope"),
    "GET with an option that is not known is 400",
    "the status must be 400, is 200",
  ],
  [
    "compares the type of a body letter by letter",
    when(
      ({ headers }) => headers["content-type"]?.endsWith("utf-8") === true,
      (request, server) => server.respond({ ...request, headers: { "content-type": "text/plain" } }),
    ),
    "PATCH of JSON that says it is UTF-8 goes through",
    "the status must be 200, is 415",
  ],
  [
    "drops If-Unmodified-Since",
    deafTo("if-unmodified-since"),
    "PATCH with If-Unmodified-Since is 400, so that protection that was asked for is not dropped",
    "the status must be 400, is 200",
  ],
  [
    "looks for the app before it reads the body",
    when(
      ({ method, path, body }) =>
        method === "PATCH" && path.includes("badc0de") && body?.includes("-") === true,
      (request, server) => server.respond({ ...request, body: "{}" }),
    ),
    "a wrong body comes before an app that nobody knows",
    "the status must be 400, is 404",
  ],
  [
    "knows paths letter by letter",
    when(
      ({ path }) => path.includes("MOBILEAPPS"),
      (request, server) => server.respond({ ...request, path: "/apps" }),
    ),
    "segments are compared without case, and a slash at the end is ignored",
    "the status must be 200, is 400",
  ],
  [
    "expands a summary that nobody asked for",
    when(
      ({ path }) => path.endsWith(`mobileApps/${appId}`),
      (request, server) => server.respond({ ...request, path: `${request.path}?$expand=installSummary` }),
    ),
    "an app without what was not asked for",
    "body.installSummary must not be there",
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
