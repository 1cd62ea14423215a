import { expect, test } from "vitest";
import { appId as id, sampleSummary } from "../../test/samples.ts";
import { formatSummary, formatSummaryContext } from "./format-summary.ts";
import { exampleSummary } from "./example.ts";

const base = "http://localhost/beta";
const context = `${base}/$metadata#deviceAppManagement/mobileApps('${id}')/installSummary`;
const type = "#microsoft.graph.mobileAppInstallSummary";

test("a summary is written as the specification shows it, member by member", () => {
  expect(formatSummary(exampleSummary, { base })).toBe(
    `{"@odata.context":"${context}/$entity","@odata.type":"${type}","id":"${id}","installedDeviceCount":4,"failedDeviceCount":1,"notApplicableDeviceCount":8,"notInstalledDeviceCount":7,"pendingInstallDeviceCount":9,"installedUserCount":2,"failedUserCount":15,"notApplicableUserCount":6,"notInstalledUserCount":5,"pendingInstallUserCount":7}`,
  );
});

test("a base that ends in a slash gives the same context", () => {
  expect(formatSummary(sampleSummary(), { base: `${base}/` })).toBe(formatSummary(sampleSummary(), { base }));
});

test("a selected summary has what was selected, in the order of the representation", () => {
  expect(formatSummary(sampleSummary(), { base, select: ["failedUserCount", "id"] })).toBe(
    `{"@odata.context":"${context}(failedUserCount,id)/$entity","@odata.type":"${type}","id":"${id}","failedUserCount":15}`,
  );
  expect(formatSummary(sampleSummary(), { base, select: [] })).toBe(
    `{"@odata.context":"${context}/$entity","@odata.type":"${type}"}`,
  );
  expect(formatSummary(sampleSummary(), { base, metadata: "none", select: [] })).toBe("{}");
});

test("full metadata names the links and the ETag; without metadata only the properties are left", () => {
  const link = `deviceAppManagement/mobileApps('${id}')/installSummary`;
  const full = formatSummary(sampleSummary(), { base, metadata: "full", select: ["id"], etag: 'W/"7"' });
  expect(JSON.parse(full)).toEqual({
    "@odata.context": `${context}(id)/$entity`,
    "@odata.type": type,
    "@odata.etag": 'W/"7"',
    "@odata.id": link,
    "@odata.editLink": link,
    id,
  });
  expect(JSON.parse(formatSummary(sampleSummary(), { base, metadata: "none" }))).toEqual(sampleSummary());
  expect(JSON.parse(formatSummary(sampleSummary(), { base, metadata: "full" }))).not.toHaveProperty([
    "@odata.etag",
  ]);
});

test("members that a caller's object has beside a summary are left out, and quotes are escaped", () => {
  const stored = { ...sampleSummary(), id: `"x`, etag: "1", version: 7 };
  expect(JSON.parse(formatSummary(stored, { base: `${base}"` }))).toEqual({
    "@odata.context": formatSummaryContext(`"x`, { base: `${base}"` }),
    "@odata.type": type,
    ...sampleSummary(),
    id: `"x`,
  });
});

test.each(['"', "\\", "\n", "\u007f", "\ud83d", "\udc00", "\ud83d\ude00", "é"])(
  "%j in any text is escaped as JSON escapes it",
  (text) => {
    const format = { base: text, select: ["id"], metadata: "full", etag: text } as const;
    const link = `deviceAppManagement/mobileApps('${text}')/installSummary`;
    const whole = {
      "@odata.context": formatSummaryContext(text, format),
      "@odata.type": type,
      "@odata.etag": text,
      "@odata.id": link,
      "@odata.editLink": link,
      id: text,
    };
    expect(formatSummary({ ...sampleSummary(), id: text }, format)).toBe(JSON.stringify(whole));
  },
);

test.each<[string, object, string]>([
  [
    "a name that a summary does not have",
    { select: ["id", "foo"] },
    'each name in format.select of formatSummary must be id or a counter; got "foo".',
  ],
  [
    "a level that does not exist",
    { metadata: "lots" },
    'format.metadata of formatSummary must be minimal or full or none; got "lots".',
  ],
])("%s is refused, and never passed over", (_what, rest, told) => {
  expect(() => formatSummary(sampleSummary(), { base, ...rest })).toThrow(new TypeError(told));
});

test("a summary without a counter is refused, never written with a hole or a 0", () => {
  const { failedUserCount: _, ...partial } = sampleSummary();
  // @ts-expect-error: a counter is missing.
  expect(() => formatSummary(partial, { base })).toThrowError(
    /^summary of formatSummary must be a whole install summary; got undefined as its failedUserCount/,
  );
});
