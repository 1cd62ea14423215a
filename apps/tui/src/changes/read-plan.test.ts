import { expect, test } from "vitest";
import { sampleId } from "../../test/sample-apps.ts";
import { parsePlan } from "./read-plan.ts";

const url = "https://intune.example/beta";
const source = { argument: "plan.json", again: "make-it-again" };
const change = {
  id: sampleId(1),
  etag: 'W/"7"',
  before: { failedDeviceCount: 16 },
  patch: { failedDeviceCount: 8 },
};

function faultOf(text: string): string {
  try {
    parsePlan(text, source);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const withChange = (part: object): string =>
  JSON.stringify({ format: 1, url, changes: [change, { ...change, id: sampleId(2), ...part }] });

/** A plan whose last value a person has typed over. */
const edited = (typed: string): string => withChange({}).replace(/8(?=\D*$)/, typed);

test("a plan as it is printed is read, and so is one with a whole number in another form", () => {
  expect(faultOf(withChange({ etag: null }))).toBe("");
  expect(faultOf(edited("8.0"))).toBe("");
});

const noVersion = (etag: string): string =>
  `changes[1].etag '${etag}' names no version. It looks like W/"7" or 7; write null if it is not known`;

test.each(['"7"', "7", "W/7", 'w/"7"', 7])("an ETag that is written %s is read as it is meant", (etag) => {
  expect(parsePlan(withChange({ etag }), source).changes[1]).toMatchObject({ etag: 'W/"7"' });
});

test.each([
  ["", "it is empty"],
  ["ApplicationId,x\n", "it is not JSON: Invalid JSON at line 1, column 1"],
  ['{"format": 1,\n "url": }', "it is not JSON: Invalid JSON at line 2, column 9"],
  ['{"format": 1,\n "format": 1}', "'format' is repeated at line 2, column 2"],
  [edited('8,"failedDeviceCount":9'), "'failedDeviceCount' is repeated at line 1, column 316"],
  [
    edited("8.00000000000000000001"),
    "changes[1].patch.failedDeviceCount must be a whole number from 0 to 2147483647",
  ],
  [edited("1e-400"), "changes[1].patch.failedDeviceCount must be a whole number from 0 to 2147483647"],
  ["[]", "it must be an object"],
  ["null", "it must be an object"],
  [JSON.stringify({ format: 2, url, changes: [] }), "it is of a newer version of this program"],
  [JSON.stringify({ format: "1", url, changes: [] }), "format must be 1"],
  [JSON.stringify({ format: 1, changes: [] }), "url is missing"],
  [JSON.stringify({ format: 1, url: 8, changes: [] }), "url must be the base URL of a server"],
  [JSON.stringify({ format: 1, url, changes: {} }), "changes must be a list"],
  [JSON.stringify({ format: 1, url, changes: [4] }), "changes[0] must be an object"],
  [withChange({ id: "Workday" }), "changes[1].id must be the id of an app, a GUID"],
  [withChange({ etag: "" }), noVersion("")],
  [withChange({ etag: "*" }), noVersion("*")],
  [withChange({ etag: "garbage x" }), noVersion("garbage x")],
  [withChange({ etag: '"7", "8"' }), noVersion('"7", "8"')],
  [withChange({ etag: "\u001b[2J" }), noVersion("\u241b[2J")],
  [withChange({ etag: 7.5 }), noVersion("7.5")],
  [withChange({ etag: true }), "changes[1].etag must be an ETag, or null"],
  [withChange({ etag: undefined }), "changes[1].etag is missing"],
  [withChange({ patch: 4 }), "changes[1].patch must be an object of counters"],
  [withChange({ patch: undefined }), "changes[1].patch is missing"],
  [
    withChange({ patch: { failedDeviceCount: -1 } }),
    "changes[1].patch.failedDeviceCount must be a whole number from 0 to 2147483647",
  ],
  [
    withChange({ before: { failedDeviceCount: 1.5 } }),
    "changes[1].before.failedDeviceCount must be a whole number from 0 to 2147483647",
  ],
  [withChange({ patch: { failed: 8 } }), "changes[1].patch.failed is not a counter"],
  [withChange({ before: {} }), "changes[1]: before and patch must have the same counters"],
  [withChange({ id: change.id.toUpperCase() }), "changes: an app may have one change only"],
])("of %s it says where the fault is, and what should be there", (text, fault) => {
  expect(faultOf(text)).toBe(`The plan cannot be read: ${fault}.`);
});
