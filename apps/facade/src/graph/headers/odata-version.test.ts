import { describe, expect, test } from "vitest";
import { checkODataVersion } from "./odata-version.ts";

describe("OData versions", () => {
  test.each([
    {},
    { "OData-Version": "4.0" },
    { "OData-Version": "4.01", "OData-MaxVersion": "4.0" },
    { "OData-MaxVersion": "4.01" },
  ])("%j", (headers) => {
    expect(() => checkODataVersion(new Headers(headers))).not.toThrow();
  });

  test.each([
    [{ "OData-Version": "3.0" }, "The OData-Version '3.0' is not supported."],
    [{ "OData-Version": "" }, "The OData-Version '' is not supported."],
    [{ "OData-MaxVersion": "3.0" }, "The OData-MaxVersion '3.0' is not supported."],
    [{ "OData-MaxVersion": "x" }, "The OData-MaxVersion 'x' is not supported."],
    [{ "OData-MaxVersion": "4e9" }, "The OData-MaxVersion '4e9' is not supported."],
  ])("%j is refused", (headers, message) => {
    expect(() => checkODataVersion(new Headers(headers))).toThrow(message);
  });
});
