import { formatSummary } from "../../resource/format-summary.ts";
import type { MobileApp } from "../../resource/mobile-app.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleApp, sampleSummary } from "../../../test/samples.ts";
import { mobileAppType } from "../model/entity-type.ts";
import { appProperties, counterProperties } from "../model/edm-properties.ts";
import { formatAppJson } from "../../store/app-json.ts";
import { writeApp, writeApps, type AppForm } from "./write-app.ts";

const base = "http://localhost/beta";
const context = `${base}/$metadata#deviceAppManagement/mobileApps`;
const stored = { app: sampleApp(), summary: sampleSummary(), etag: 'W/"7"' };
const listed = formatAppJson(stored);
const { id } = stored.summary;
const form: AppForm = { base, metadata: "minimal", select: undefined, expand: undefined };
const whole = { select: undefined };

test("the members that are written out are those of the property table, in its order", () => {
  const written = JSON.parse(formatSummary(stored.summary, { base, metadata: "none" }));
  expect(Object.keys(written)).toEqual(["id", ...counterProperties.map(({ name }) => name)]);
  const full = JSON.parse(writeApp(listed, { ...form, metadata: "full" }));
  expect(Object.keys(full).filter((name) => !name.includes("@"))).toEqual(
    appProperties.map(({ name }) => name),
  );
});

test("an app is written in Graph's order", () => {
  const written = JSON.parse(writeApp(listed, form));
  expect(Object.keys(written)).toEqual(["@odata.context", "@odata.type", ...mobileAppType.properties]);
  expect(written).toEqual({ "@odata.context": `${context}/$entity`, ...stored.app });
});

test("an expanded app ends in its summary, with the ETag first", () => {
  const written = JSON.parse(writeApp(listed, { ...form, expand: whole, select: ["id"] }));
  expect(Object.entries(written)).toEqual([
    ["@odata.context", `${context}(id,installSummary())/$entity`],
    ["@odata.type", "#microsoft.graph.win32LobApp"],
    ["id", id],
    ["installSummary@odata.context", `${context}('${id}')/installSummary/$entity`],
    ["installSummary", expect.anything()],
  ]);
  expect(Object.keys(written.installSummary).slice(0, 3)).toEqual(["@odata.etag", "@odata.type", "id"]);
  expect(written.installSummary["@odata.etag"]).toBe('W/"7"');
});

test("an app with full metadata names the types that its JSON values do not show", () => {
  expect(JSON.parse(writeApp(listed, { ...form, metadata: "full" }))).toMatchObject({
    "@odata.id": `deviceAppManagement/mobileApps('${id}')`,
    "@odata.editLink": `deviceAppManagement/mobileApps('${id}')`,
    "createdDateTime@odata.type": "#DateTimeOffset",
    "publishingState@odata.type": "#microsoft.graph.mobileAppPublishingState",
    "installSummary@odata.navigationLink": `deviceAppManagement/mobileApps('${id}')/installSummary`,
    "installSummary@odata.associationLink": `deviceAppManagement/mobileApps('${id}')/installSummary/$ref`,
  });
});

describe("the context of a page", () => {
  test.each<[string, Partial<AppForm>, string]>([
    ["alone", {}, ""],
    ["selected", { select: ["id", "displayName"] }, "(id,displayName)"],
    ["expanded", { expand: whole }, "(installSummary())"],
    ["both", { select: ["id"], expand: whole }, "(id,installSummary())"],
    [
      "the property selected and expanded",
      { select: ["id", "installSummary"], expand: whole },
      "(id,installSummary())",
    ],
    ["selected inside", { expand: { select: ["failedDeviceCount"] } }, "(installSummary(failedDeviceCount))"],
  ])("%s", (_, shape, suffix) => {
    expect(JSON.parse(writeApps([], { ...form, ...shape }))["@odata.context"]).toBe(context + suffix);
  });
});

test("a page names its count and its next page before its apps, also without metadata", () => {
  const text = writeApps(
    [listed],
    { ...form, metadata: "none", select: ["id"] },
    { count: 3, nextLink: 'http://x/?a="' },
  );
  expect(text).toBe(`{"@odata.count":3,"@odata.nextLink":"http://x/?a=\\"","value":[{"id":"${id}"}]}`);
});

test("nothing selected but the summary leaves the summary", () => {
  const text = writeApps([listed], {
    ...form,
    metadata: "none",
    select: ["installSummary"],
    expand: { select: ["id"] },
  });
  expect(text).toBe(`{"value":[{"installSummary":{"id":"${id}"}}]}`);
});

test("both ways of writing an app give the same text for any texts", () => {
  const text = fc.option(fc.string({ unit: "binary" }), { nil: null });
  const app: fc.Arbitrary<MobileApp> = fc
    .record({
      displayName: text,
      description: text,
      publisher: text,
      owner: text,
      notes: text,
      isFeatured: fc.boolean(),
    })
    .map(sampleApp);
  fc.assert(
    fc.property(app, (one) => {
      const written = write(one, undefined);
      expect(written).toBe(write(one, mobileAppType.properties));
      expect(JSON.parse(`{"value"${written}`)).toEqual({ value: [one] });
    }),
  );
});

/** The apps of a page with one app, without the context before them. */
function write(app: MobileApp, select: AppForm["select"]): string {
  return writeApps([formatAppJson({ ...stored, app })], { ...form, select }).replace(/^.*?"value"/s, "");
}
