import { expect, test } from "vitest";
import { graphFault } from "../../../test/graph-fault.ts";
import { parseItemUrl } from "./item-url.ts";

test.each([
  ["/deviceAppManagement/mobileApps", "/beta/deviceAppManagement/mobileApps", ""],
  ["deviceAppManagement/mobileApps/", "/beta/deviceAppManagement/mobileApps", ""],
  ["/beta/deviceAppManagement", "/beta/deviceAppManagement", ""],
  ["beta//deviceAppManagement", "/beta/deviceAppManagement", ""],
  ["/Beta/x", "/Beta/x", ""],
  ["/v1.0/me", "/v1.0/me", ""],
  ["", "/beta", ""],
  ["/", "/beta", ""],
  ["/a/../b/./c", "/beta/b/c", ""],
  ["/a/%2E%2e/b", "/beta/b", ""],
  ["mobileApps('a:b')", "/beta/mobileApps('a:b')", ""],
  ["/a?$filter=x eq 'a/../b?c'&$top=1", "/beta/a", "$filter=x eq 'a/../b?c'&$top=1"],
  ["?$top=1", "/beta", "$top=1"],
  ["/a?$filter=x eq 'C%23'", "/beta/a", "$filter=x eq 'C%23'"],
])("%s leads to %s and %s", (url, path, query) => {
  expect(parseItemUrl(url, 100)).toEqual({ path, query });
});

test.each([
  "https://graph.microsoft.com/beta/me",
  "HTTP:x",
  "//evil.example/x",
  "\\\\evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "..",
  "/a/../../x",
  "/beta/../v2/x",
  "/beta/%2e%2E",
  "/v1.0/..",
])("B102: %s leads elsewhere", (url) => {
  expect(graphFault(() => parseItemUrl(url, 100))).toMatchObject({
    status: 400,
    message: expect.stringMatching(/^The URL of a request in a batch must be relative and below \/beta/),
  });
});

test.each(["/a#b", "#", "/a?$filter=displayName eq 'C# tools'", "/a#?dryRun=true"])(
  "%s has a # that would drop what follows it, and is refused",
  (url) => {
    expect(graphFault(() => parseItemUrl(url, 100))).toMatchObject({
      status: 400,
      message: `The URL of a request in a batch must write %23 in place of #; got ${url}.`,
    });
  },
);

test("a URL above the limit is a 414", () => {
  expect(parseItemUrl("x".repeat(100), 100).path).toHaveLength(106);
  expect(graphFault(() => parseItemUrl("x".repeat(101), 100))).toMatchObject({ status: 414 });
});
