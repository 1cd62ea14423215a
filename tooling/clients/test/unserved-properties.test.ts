import { createRequire } from "node:module";
import { join } from "node:path";
import { createMemoryService, exampleSummary } from "@install-summary/core/contract";
import { expect, test } from "vitest";
import { examples } from "../src/run-client.ts";

test("a property that Microsoft's beta SDK knows of an app is served, or said to be Graph's own", async () => {
  const names = propertiesOfApps();
  expect(names.size).toBeGreaterThan(100);
  const untold: string[] = [];
  const { fetch } = createMemoryService({ apps: [exampleSummary] });
  for (const name of names) {
    const url = `https://host.example/beta/deviceAppManagement/mobileApps?$select=${name}`;
    const response = await fetch(new Request(url, { headers: { Authorization: "Bearer x" } }));
    const text = await response.text();
    const isTold = text.includes(`Microsoft Graph has '${name}', and this service does not serve it.`);
    if (response.status !== 200 && !isTold) untold.push(`${name}: ${text}`);
  }
  expect(untold).toEqual([]);
});

/** The properties of Graph's mobileApp and of each type derived from it, as the SDK reads them out of JSON. */
function propertiesOfApps(): ReadonlySet<string> {
  const load = createRequire(join(examples, "package.json"));
  const models: unknown = load("@microsoft/msgraph-beta-sdk/models/index.js");
  const types = Object.entries(Object(models)).flatMap(([name, read]) =>
    name.startsWith("deserializeInto") && typeof read === "function" ? [Object.keys(read({}))] : [],
  );
  const ofApps = types.filter((type) => type.includes("isFeatured") && type.includes("publishingState"));
  // The SDK's own, of no type of Graph.
  return new Set(ofApps.flat().filter((name) => name !== "backingStoreEnabled"));
}
