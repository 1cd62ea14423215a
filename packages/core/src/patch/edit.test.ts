import { expect, test } from "vitest";
import { appId } from "../../test/samples.ts";
import { parseEdit } from "./edit.ts";

test.each<[unknown]>([
  [{}],
  [{ failedDeviceCount: 0, failedUserCount: 2147483647 }],
  [{ failedDeviceCount: -0, failedUserCount: undefined }],
  [{ failedDeviceCount: { add: -5 }, failedUserCount: { add: 4294967296 } }],
  [
    {
      "@odata.type": "#microsoft.graph.mobileAppInstallSummary",
      id: appId,
      failedUserCount: 1,
    },
  ],
])("is an edit: %o", (edit) => {
  expect(() => parseEdit(edit, appId)).not.toThrow();
});

const notWhole = "'failedDeviceCount' must be a whole number from 0 to 2147483647, or { add: n }; got";
const notAdded = "'add' of 'failedDeviceCount' must be a whole number and may be negative; got";

test.each<[unknown, string]>([
  [{ add: undefined }, `${notAdded} undefined.`],
  [{ add: null }, `${notAdded} null.`],
  [{ add: 1.5 }, `${notAdded} 1.5.`],
  [{ add: Number.NaN }, `${notAdded} NaN.`],
  [{ add: "5" }, `${notAdded} "5".`],
  [{ add: 5n }, `${notAdded} 5n.`],
  [{ add: 5, sub: 2 }, `${notWhole} { add, sub }.`],
  [{ plus: 5 }, `${notWhole} { plus }.`],
  [[5], `${notWhole} [object Array].`],
  [new Map([["add", 5]]), `${notWhole} [object Map].`],
  [() => 5, `${notWhole} () => 5.`],
  [5n, `${notWhole} 5n.`],
  [Symbol("5"), `${notWhole} Symbol(5).`],
  ["5\u202e", `${notWhole} "5⟨U+202E⟩".`],
  [true, `${notWhole} true.`],
  [1.5, `${notWhole} 1.5.`],
  [Infinity, `${notWhole} Infinity.`],
  [-1, `${notWhole} -1.`],
  [null, `${notWhole} null.`],
])("a counter cannot be set to %o", (wanted, message) => {
  expect(() => parseEdit({ failedDeviceCount: wanted }, appId)).toThrowError(
    expect.objectContaining({ status: 400, target: "failedDeviceCount", message }),
  );
});

test.each<[unknown, string]>([
  [null, "null"],
  [undefined, "undefined"],
  [5, "5"],
  ["failedDeviceCount", '"failedDeviceCount"'],
  [[7], "[object Array]"],
  [new Map([["failedDeviceCount", 7]]), "[object Map]"],
  [Promise.resolve({ failedDeviceCount: 7 }), "[object Promise]"],
  [() => ({}), "() => ({})"],
])("%o is not an edit, and the error says what an edit is", (edit, got) => {
  expect(() => parseEdit(edit, appId)).toThrowError(
    expect.objectContaining({
      status: 400,
      message: `An edit is an object like { failedUserCount: { add: -1 } }; got ${got}.`,
    }),
  );
});

test.each([["another app"], [7]])("an edit is not for the app %o", (id) => {
  expect(() => parseEdit({ id }, appId)).toThrowError(
    expect.objectContaining({
      status: 400,
      target: "id",
      message: `'id' cannot be changed. It is '${appId}'.`,
    }),
  );
});
