import { expect, test } from "vitest";
import { testImporting } from "./store-conformance-importing.ts";
import { testListing } from "./store-conformance-listing.ts";
import { testReading } from "./store-conformance-reading.ts";
import { testTexts } from "./store-conformance-texts.ts";
import { checkRandomStories } from "./store-model.ts";
import { checkPagesBesideChanges, checkRandomQueries } from "./store-queries.ts";
import { openersOf, type StoreSubject } from "./store-subject.ts";

/** Declares the tests that every adapter of the port must pass. */
export function testStore(subject: StoreSubject): void {
  const { name, deviations = {} } = subject;
  const { open } = openersOf(subject);

  testReading(subject);
  testImporting(subject);
  testListing(subject);
  testTexts(subject);

  test(`${name}: random filters and orders have the pages and counts of a plain evaluation`, async (context) => {
    if (deviations.isDefinition !== undefined) context.skip(deviations.isDefinition);
    expect(await checkRandomQueries(await open())).toBeGreaterThan(100);
  });

  test(`${name}: an app that stays as it is comes once over all pages while others come and change`, async () => {
    expect(await checkPagesBesideChanges(await open())).toBeGreaterThan(100);
  });

  test(`${name}: every random story of two tenants goes as the port says`, async () => {
    expect(await checkRandomStories(await open())).toBeGreaterThan(0);
  });
}
