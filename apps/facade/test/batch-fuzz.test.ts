import * as fc from "fast-check";
import { counterNames } from "@install-summary/core";
import { expect, test } from "vitest";
import { apps, iosAppId, read, shareFacade, summary, unknownId } from "./facades.ts";

const facade = shareFacade();

const words = fc.oneof(
  fc.constantFrom(
    "deviceAppManagement",
    "mobileApps",
    "installSummary",
    "$batch",
    "$metadata",
    "$count",
    "beta",
    "v1.0",
  ),
  fc.constantFrom(
    "..",
    "%2e",
    "%2F",
    "%zz",
    "%00",
    "",
    "\\",
    "?",
    "#",
    "&",
    "$top=1",
    "$select=id",
    "dryRun=true",
    "graph.webApp",
  ),
  fc.string({ maxLength: 8, unit: "binary" }),
);
const urls = fc.oneof(
  fc.constantFrom(
    summary,
    apps,
    `${apps}/${iosAppId}/installSummary`,
    `${apps}/${unknownId}`,
    `${apps}/$count`,
    "/$metadata",
  ),
  fc.array(words, { maxLength: 6 }).map((parts) => parts.join("/")),
  fc.webUrl(),
);
const bodies = fc.oneof(
  fc.dictionary(
    fc.constantFrom(...counterNames, "id", "@odata.type", "__proto__"),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  fc.string().map((text) => Buffer.from(text).toString("base64url")),
  fc.jsonValue(),
);
const someHeaders = fc.dictionary(
  fc.constantFrom(
    "Accept",
    "If-Match",
    "If-None-Match",
    "Prefer",
    "OData-Version",
    "Content-Encoding",
    "client-request-id",
  ),
  fc.oneof(
    fc.constantFrom("*", 'W/"1"', "application/json", "gzip", "4.0", "return=minimal", ""),
    fc.string(),
  ),
);
const items = fc.record(
  {
    id: fc.oneof(fc.string({ minLength: 1, maxLength: 3 }), fc.uuid()),
    method: fc.constantFrom("GET", "PATCH", "patch", "HEAD", "OPTIONS", "DELETE", "POST", ""),
    url: urls,
    headers: someHeaders.map((some) => ({ "Content-Type": "application/json", ...some })),
    body: bodies,
    dependsOn: fc.array(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 2 }),
  },
  { requiredKeys: ["id", "method", "url", "headers"] },
);
const batches = fc.oneof(
  { arbitrary: fc.array(items, { maxLength: 8 }).map((requests) => JSON.stringify({ requests })), weight: 8 },
  { arbitrary: fc.json(), weight: 1 },
  { arbitrary: fc.string({ unit: "binary" }), weight: 1 },
);

test("any batch is a 200 or a 4xx, each of its responses is below 500, and every one names its request", () =>
  fc.assert(
    fc.asyncProperty(batches, async (body) => {
      const response = await facade().call("POST", "/beta/$batch", {
        body,
        headers: { "Content-Type": "application/json" },
      });
      expect(response.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
      const { responses = [], error } = await read(response);
      expect([200, 400]).toContain(response.status);
      expect(error === undefined).toBe(response.status === 200);
      for (const item of responses) {
        expect(item.status).toBeLessThan(500);
        expect(item.headers["request-id"]).toMatch(/^[0-9a-f-]{36}$/);
        const hasError = item.body?.error !== undefined;
        // A response to HEAD has no body, whatever its status.
        expect(item.body === undefined || hasError === item.status >= 400).toBe(true);
      }
    }),
    { numRuns: 300 },
  ));

test("an app is changed by a batch as by the same requests one after the other", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          path: fc.constantFrom(summary, `${apps}/${iosAppId}/installSummary`),
          body: fc.dictionary(fc.constantFrom(...counterNames), fc.integer({ min: -1, max: 3 }), {
            maxKeys: 3,
          }),
        }),
        { minLength: 1, maxLength: 10 },
      ),
      async (changes) => {
        const { call, get, patch } = facade();
        const reset = Object.fromEntries(counterNames.map((name) => [name, 0]));
        const paths = [summary, `${apps}/${iosAppId}/installSummary`];
        const state = async (): Promise<object[]> =>
          Promise.all(paths.map(async (path) => read(await get(path))));

        await Promise.all(paths.map((path) => patch(reset, { path })));
        const statuses: number[] = [];
        for (const { path, body } of changes) statuses.push((await patch(body, { path })).status);
        const expected = await state();

        await Promise.all(paths.map((path) => patch(reset, { path })));
        const headers = { "Content-Type": "application/json" };
        const requests = changes.map(({ path, body }, index) => ({
          id: `${index}`,
          method: "PATCH",
          url: path,
          headers,
          body,
        }));
        const { responses } = await read(
          await call("POST", "/beta/$batch", { headers, body: JSON.stringify({ requests }) }),
        );
        expect(responses.map(({ status }: { status: number }) => status)).toEqual(statuses);
        expect(await state()).toEqual(expected);
      },
    ),
    { numRuns: 40 },
  ));
