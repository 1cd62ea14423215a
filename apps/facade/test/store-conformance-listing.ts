import { formatETag } from "@install-summary/core";
import { type ImportingTenantStore, type SearchTerm, formatAppJson } from "@install-summary/core/service";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addApps, appId, openTenant, otherTenantId, sampleApp, sampleSummary } from "./samples.ts";
import { openersOf, type StoreSubject, search, idOf, namesOf, byFailed, readPages } from "./store-subject.ts";

/** Pages, orders, filters and searches. */
export function testListing(subject: StoreSubject): void {
  const { name } = subject;
  const { open, openWith } = openersOf(subject);

  describe(`${name}: listing`, () => {
    const names = [
      "zebra",
      "Äpfel",
      "outlook",
      "Outlook",
      "100% Safe",
      "100 Safe",
      "a_b",
      "aXb",
      "日本電気 Teams",
      "\uFB01le",
      "👩‍💻 App",
      "",
    ];
    const ordered = [
      "",
      "100 Safe",
      "100% Safe",
      "a_b",
      "aXb",
      "outlook",
      "Outlook",
      "zebra",
      "Äpfel",
      "日本電気 Teams",
      "\uFB01le",
      "👩‍💻 App",
    ];

    /** Apps of these names, each with an id that says its place. */
    const openListed = (displayNames: readonly string[] = names): Promise<ImportingTenantStore> =>
      openWith(
        ...displayNames.map((displayName, index) => ({ id: idOf(index), displayName, publisher: "Contoso" })),
      );

    test("apps are ordered by name without case in the order of code points, equal names by id", async () => {
      const tenant = await openListed();
      expect(namesOf(await tenant.listApps({ top: 100 }))).toEqual(ordered);
    });

    test("an app of a page is the app that is read by its id, as JSON", async () => {
      const tenant = await openWith({});
      const stored = await tenant.readApp(appId);
      const { apps } = await tenant.listApps({ top: 1 });
      expect(apps).toEqual(stored && [formatAppJson(stored)]);
    });

    test("the JSON of a page is the same to the byte for any texts", async () => {
      const text = fc.option(fc.string({ unit: "binary" }).map(storable), { nil: null });
      const shape = fc.record({
        displayName: text,
        description: text,
        publisher: text,
        owner: text,
        developer: text,
        notes: text,
        privacyInformationUrl: text,
        informationUrl: text,
        isFeatured: fc.boolean(),
        isAssigned: fc.boolean(),
      });
      const store = await open();
      let count = 0;
      await fc.assert(
        fc.asyncProperty(shape, async (properties) => {
          const tenant = `${otherTenantId}${(count += 1)}`;
          const app = sampleApp(properties);
          await addApps(store, [app], tenant);
          const { apps } = await openTenant(store, { tenantId: tenant }).listApps({ top: 1 });
          expect(apps).toEqual([formatAppJson({ app, summary: sampleSummary(), etag: formatETag(1) })]);
        }),
        { numRuns: 200 },
      );
    });

    test("pages of any size hold each app once", async () => {
      const tenant = await openListed();
      for (const top of [1, 2, 3, names.length, names.length + 1]) {
        const pages = await readPages(tenant, { top });
        expect(pages.flatMap(namesOf)).toEqual(ordered);
        expect(pages).toHaveLength(Math.ceil(names.length / top));
      }
    });

    test("a page of no apps has no next one", async () => {
      const tenant = await openListed();
      expect(await tenant.listApps({ top: 0, count: true })).toEqual({ apps: [], count: names.length });
    });

    test("a cursor stays valid while apps come and change", async () => {
      const store = await open();
      const apps = ["a", "b", "c", "d"].map((displayName, index) =>
        sampleApp({ id: idOf(index), displayName }),
      );
      await addApps(store, apps);
      const tenant = openTenant(store);
      const { next } = await tenant.listApps({ top: 2 });
      await addApps(store, [
        sampleApp({ id: idOf(10), displayName: "aa" }),
        sampleApp({ id: idOf(11), displayName: "cc" }),
      ]);
      expect(namesOf(await tenant.listApps({ top: 10, cursor: next }))).toEqual(["c", "cc", "d"]);
    });

    test("a damaged cursor leads to some page of the same tenant", async () => {
      const tenant = await openListed();
      for (const cursor of [
        "",
        "x",
        "\0 \uFFFF",
        '{"id":1}',
        "[1,2]",
        '["a",2]',
        '["a","b","c"]',
        '["a\\u0000","\\ud800"]',
        '["1","a","b"]',
        '[1.5,"a","b"]',
        '[1e400,"a","b"]',
        '[[1],"a","b"]',
      ]) {
        for (const orderBy of [undefined, byFailed]) {
          const page = await tenant.listApps({ top: 100, cursor, orderBy });
          expect(ordered).toEqual(expect.arrayContaining([...namesOf(page)]));
        }
      }
    });

    test("a count is made only when asked for, and of all pages", async () => {
      const tenant = await openListed();
      expect(await tenant.listApps({ top: 2 })).not.toHaveProperty("count");
      const pages = await readPages(tenant, { top: 4, count: true });
      expect(pages.map((page) => page.count)).toEqual([12, 12, 12]);
      const found = await readPages(tenant, { top: 1, count: true, search: [{ word: "safe" }] });
      expect(found.map((page) => page.count)).toEqual([2, 2]);
    });

    test("a search finds apps with every word in name or publisher, without case, composed or not", async () => {
      const tenant = await openListed();
      expect(await search(tenant, "OUT")).toEqual(["outlook", "Outlook"]);
      expect(await search(tenant, "contoso", "teams")).toEqual(["日本電気 Teams"]);
      expect(await search(tenant, "contoso", "nowhere")).toEqual([]);
      expect(await search(tenant, "A\u0308PFEL")).toEqual(["Äpfel"]);
      expect(await search(tenant, "👩‍💻")).toEqual(["👩‍💻 App"]);
      expect(await search(tenant, "")).toHaveLength(names.length);
    });

    test("a search of one property leaves the other out", async () => {
      const tenant = await openListed(names);
      const find = async (...terms: readonly SearchTerm[]) =>
        namesOf(await tenant.listApps({ top: 100, search: terms, count: true }));
      expect(await find({ word: "TEAMS", property: "displayName" })).toEqual(["日本電気 Teams"]);
      expect(await find({ word: "teams", property: "publisher" })).toEqual([]);
      expect(await find({ word: "contoso", property: "displayName" })).toEqual([]);
      expect(
        await find({ word: "contoso", property: "publisher" }, { word: "teams", property: "displayName" }),
      ).toEqual(["日本電気 Teams"]);
    });

    test("wildcards and quotes in a search are letters", async () => {
      const tenant = await openListed();
      expect(await search(tenant, "100%")).toEqual(["100% Safe"]);
      expect(await search(tenant, "a_b")).toEqual(["a_b"]);
      for (const word of ["%zebra", "_zebra", "\\", "''' or 1=1 --'", '"'])
        expect(await search(tenant, word)).toEqual([]);
    });

    test("a search of many apps goes on from page to page", async () => {
      const many = Array.from(
        { length: 3000 },
        (_, index) => `App ${index}${index % 250 === 249 ? " rare" : ""}`,
      );
      const pages = await readPages(await openListed(many), {
        top: 5,
        search: [{ word: "rare" }],
        count: true,
      });
      expect(pages.map(({ apps, count }) => [apps.length, count])).toEqual([
        [5, 12],
        [5, 12],
        [2, 12],
      ]);
      expect(new Set(pages.flatMap(namesOf)).size).toBe(12);
    });
  });
}

/** Reports refuse NUL and unpaired surrogates, which databases cannot hold. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}
