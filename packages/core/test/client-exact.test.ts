import { describe, expect, test } from "vitest";
import { failure, openClient } from "./open-client.ts";
import { appId, sampleApp, sampleSummary } from "./samples.ts";

// A response is read as exactly as a request: a text that says two things, or a number that only rounding makes whole, is
// an error with its reason, and never a number.

const summary = JSON.stringify(sampleSummary());
const count = `"failedUserCount":${sampleSummary().failedUserCount}`;

/** The summary's text with another text in place of `failedUserCount`. */
function withCount(text: string): string {
  return summary.replace(count, text);
}

const app = (text: string): string =>
  JSON.stringify(sampleApp()).replace(/\}$/, `,"installSummary":${text}}`);

const wrong: readonly (readonly [string, string, string])[] = [
  ["a counter twice", withCount(`${count},"failedUserCount":0`), "'failedUserCount' is repeated at line 1"],
  ["a counter twice, once escaped", withCount(`${count},"failed\\u0055serCount":0`), "is repeated"],
  ["another member twice", withCount(`${count},"x":1,"x":1`), "'x' is repeated"],
  ["a member inside an unknown one twice", withCount(`${count},"x":[{"y":1,"y":1}]`), "'y' is repeated"],
  [
    "a number that a double would round up",
    withCount('"failedUserCount":6.00000000000000000001'),
    "failedUserCount is 6.00000000000000000001; it must be a whole number",
  ],
  [
    "a number that a double would take for 0",
    withCount('"failedUserCount":1e-400'),
    "failedUserCount is 1e-400; it must be a whole number",
  ],
];

describe("a response", () => {
  test.each(wrong)("with %s is refused as a summary", async (_what, body, reason) => {
    const { client } = await openClient((_request, response) => response.end(body));
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ name: "ClientError", code: "InvalidResponse" });
    expect(String(error)).toContain(reason);
  });

  test.each(wrong)("with %s is refused inside a value, an app and a page", async (_what, body, reason) => {
    const bodies = [`{"value":${body}}`, app(body), `{"value":[${app(body)}]}`];
    const { client } = await openClient((_request, response, before) => response.end(bodies[before]));
    const apps = client.list()[Symbol.asyncIterator]();
    for (const read of [client.get(appId), client.getApp(appId), apps.next()]) {
      const error = await failure(read);
      expect(error).toMatchObject({ code: "InvalidResponse" });
      expect(String(error)).toContain(reason.replace(" at line 1", ""));
    }
  });

  test("with a count of apps that a double would round is refused", async () => {
    const body = '{"value":[],"@odata.count":7.00000000000000000001}';
    const { client } = await openClient((_request, response) => response.end(body));
    const pages = client.pages({ count: true })[Symbol.asyncIterator]();
    expect(String(await failure(pages.next()))).toContain(
      "its @odata.count is 7.00000000000000000001; it must be a whole number.",
    );
  });

  test("with an exact number in another form is read, and an unknown fraction does not matter", async () => {
    const body = withCount('"failedUserCount":0.5e1,"size":6.00000000000000000001');
    const { client } = await openClient((_request, response) => response.end(body));
    expect((await client.get(appId)).summary).toEqual({ ...sampleSummary(), failedUserCount: 5 });
  });

  test("to a PATCH that says two things leaves the change to be looked for", async () => {
    const { client, server } = await openClient(({ method }, response) => {
      response.end(method === "PATCH" ? withCount(`${count},${count}`) : summary);
    });
    const { summary: found, foundAfter } = await client.update(appId, {
      failedUserCount: sampleSummary().failedUserCount,
    });
    expect(found).toEqual(sampleSummary());
    expect(foundAfter).toMatchObject([{ code: "InvalidResponse" }]);
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET"]);
  });

  test("with an error that has two codes is known by its status", async () => {
    const body = '{"error":{"code":"Forbidden","code":"ResourceNotFound","message":"No."}}';
    const { client } = await openClient((_request, response) => {
      response.writeHead(403, { "content-type": "application/json" }).end(body);
    });
    const error = await failure(client.get(appId));
    expect(error).toMatchObject({ name: "GraphError", status: 403, code: "Forbidden" });
    expect(String(error)).toContain("without a Graph error body");
  });
});
