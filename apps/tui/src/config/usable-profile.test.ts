import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { usableProfile } from "./usable-profile.ts";

const file = resolve("config", "config.json");
const use = (name: string, profile: object) =>
  usableProfile(new Map(Object.entries(profile)), name, { file }, {});

test("a profile is used as it is written, but for its paths, which are whole", () => {
  const written = { url: "https://apps.test/beta", readOnly: "true", tokenFile: "tok" };
  expect(Object.fromEntries(use("prod", written))).toEqual({
    ...written,
    tokenFile: join(dirname(file), "tok"),
  });
});

test.each([
  ["prod", "prod"],
  ["prod-2.eu", "prod-2.eu"],
  // In another shell than this one it would be other words, or an option.
  ["the 'best' one", "NAME"],
  ["$(id)", "NAME"],
  ["-odd", "NAME"],
])("the commands that mend the profile %j name it %j", (name, word) => {
  expect(() => use(name, { tenant: "contoso" })).toThrow(
    expect.objectContaining({
      target: "tenant",
      help: [
        `Mend it: install-summary config tenant GUID --profile ${word}`,
        `Or take it out: install-summary config --unset tenant --profile ${word}`,
      ],
    }),
  );
});
