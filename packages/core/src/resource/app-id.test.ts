import * as fc from "fast-check";
import { expect, test } from "vitest";
import { appId } from "../../test/samples.ts";
import { isGraphError } from "../http/graph-error.ts";
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

test("for all texts the one that an oracle counts out of its groups is an id, and no other", () => {
  const group = fc.stringMatching(/^[0-9a-fA-F]{4}$/);
  const piece = fc.oneof(group, group, fc.constantFrom("-", "-", "{", "}", " ", "g", "\n", "０", "a"));
  const like = fc
    .tuple(...[8, 4, 4, 4, 12].map((length) => fc.stringMatching(new RegExp(`^[0-9a-fA-F]{${length}}$`))))
    .map((groups) => groups.join("-"));
  const nearly = fc
    .tuple(like, fc.nat(40), fc.nat(2), piece)
    .map(([id, at, count, text]) => id.slice(0, at) + text + id.slice(at + count));
  fc.assert(
    fc.property(
      fc.oneof(
        like,
        nearly,
        fc.array(piece).map((pieces) => pieces.join("")),
      ),
      (text) => {
        const groups = text.split("-");
        const isId =
          groups.map((each) => each.length).join() === "8,4,4,4,12" &&
          Array.from(groups.join("")).every((digit) => "0123456789abcdefABCDEF".includes(digit));
        expect(idOf(text)).toBe(isId ? text.toLowerCase() : undefined);
      },
    ),
    { numRuns: 2000 },
  );
});

function idOf(text: string): string | undefined {
  try {
    return parseAppId(text);
  } catch (error) {
    if (isGraphError(error)) return undefined;
    throw error;
  }
}
