import { expect, test } from "vitest";
import { appId } from "../../test/samples.ts";
import { parseAppId } from "./app-id.ts";

test("an id is a GUID of any version and variant, and is written in lower case", () => {
  expect(parseAppId(appId)).toBe(appId);
  expect(parseAppId(appId.toUpperCase())).toBe(appId);
  expect(parseAppId("00000000-0000-0000-0000-000000000000")).toBe("00000000-0000-0000-0000-000000000000");
});

test.each([
  ["", ""],
  ["nope", "nope"],
  [`{${appId}}`, `{${appId}}`],
  [appId.replaceAll("-", ""), appId.replaceAll("-", "")],
  ["０6a792e9-92e9-06a7-e992-a706e992a706", "０6a792e9-92e9-06a7-e992-a706e992a706"],
  [`${appId}\n`, `${appId}␊`],
  ["f".repeat(8192), `${"f".repeat(63)}…`],
])("another text is an error (B38, B39, B41): %j", (text, shown) => {
  expect(() => parseAppId(text)).toThrowError(
    expect.objectContaining({
      status: 400,
      code: "BadRequest",
      message: `'${shown}' is not a GUID. A mobile app's id looks like ${appId}.`,
    }),
  );
});
