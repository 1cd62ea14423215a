import { expect, test } from "vitest";
import { withoutOptionSecrets } from "./without-option-secrets.ts";

test.each([
  "--token",
  "--access-token",
  "--accessToken",
  "--TOKEN",
  "--password",
  "--store-password",
  "--client-secret",
  "--api-key",
  "--apikey",
  "--pat",
  "--github-pat",
  "-token",
])("what %s is given is hidden", (option) => {
  expect(withoutOptionSecrets(["list", option, "s3cret", "x"])).toEqual(["list", option, "…", "x"]);
  expect(withoutOptionSecrets(["list", `${option}=s3cret=`, "x"])).toEqual(["list", `${option}=…`, "x"]);
});

test.each([
  ["--path", "p"],
  ["--pattern", "p"],
  ["--reader-token-file", "p"],
  ["--limit", "3"],
  ["--token", "--yes"],
])("what is no secret is shown: %s %s", (...inputs) => {
  expect(withoutOptionSecrets(inputs)).toEqual(inputs);
  expect(withoutOptionSecrets(["--reader-token-file=p", "--token="])).toEqual([
    "--reader-token-file=p",
    "--token=",
  ]);
});
