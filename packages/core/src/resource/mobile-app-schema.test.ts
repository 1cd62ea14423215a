import { expect, test } from "vitest";
import { sampleApp, sampleSummary } from "../../test/samples.ts";
import { mobileAppPageSchema, mobileAppSchema } from "./mobile-app-schema.ts";

test("an app has the properties that every type of app has; others are dropped", () => {
  expect(mobileAppSchema.parse({ ...sampleApp(), "@odata.context": "x", fileName: "y" })).toEqual(
    sampleApp(),
  );
});

test("texts that a server leaves out are null", () => {
  const { notes: _, ...response } = sampleApp();
  expect(mobileAppSchema.parse(response).notes).toBeNull();
});

test("an app may have a state of a later version", () => {
  const app = { ...sampleApp(), publishingState: "unknownFutureValue" };
  expect(mobileAppSchema.parse(app)).toEqual(app);
});

test.each([undefined, null])("what every app has may be %s, and no page is lost for it", (none) => {
  const unusual = {
    ...sampleApp(),
    createdDateTime: none,
    lastModifiedDateTime: none,
    isFeatured: none,
    publishingState: none,
    isAssigned: none,
  };
  const { createdDateTime: _created, isAssigned: _assigned, ...without } = unusual;
  const read = {
    ...sampleApp(),
    createdDateTime: null,
    lastModifiedDateTime: null,
    isFeatured: false,
    publishingState: "unknownFutureValue",
    isAssigned: false,
  };
  expect(mobileAppPageSchema.parse({ value: [unusual, without, sampleApp()] }).value).toEqual([
    read,
    read,
    sampleApp(),
  ]);
});

test("a page may be the last one, without summaries and without a count", () => {
  expect(mobileAppPageSchema.parse({ "@odata.context": "x", value: [sampleApp()] })).toEqual({
    value: [sampleApp()],
  });
});

test("a page has the next link and the count, and its apps summaries with ETags", () => {
  const page = {
    value: [{ ...sampleApp(), installSummary: { "@odata.etag": 'W/"1"', ...sampleSummary() } }],
    "@odata.nextLink": "http://127.0.0.1:8420/beta/deviceAppManagement/mobileApps?$skiptoken=x",
    "@odata.count": 2,
  };
  expect(mobileAppPageSchema.parse(page)).toEqual(page);
});

test("a page is invalid when a summary lacks a counter", () => {
  const { failedUserCount: _, ...summary } = sampleSummary();
  const page = { value: [{ ...sampleApp(), installSummary: summary }] };
  expect(mobileAppPageSchema.safeParse(page).error?.issues[0]?.path).toEqual([
    "value",
    0,
    "installSummary",
    "failedUserCount",
  ]);
});

test.each([
  {},
  { value: {} },
  [],
  { value: [{ ...sampleApp(), id: "nope" }] },
  { value: [], "@odata.count": -1 },
])("%j is not a page", (page) => {
  expect(mobileAppPageSchema.safeParse(page).success).toBe(false);
});
