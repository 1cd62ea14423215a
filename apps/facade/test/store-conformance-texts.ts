import { formatETag } from "@install-summary/core";
import {
  type Operand,
  type AppFilter,
  type Comparison,
  type TenantStore,
  textKey,
} from "@install-summary/core/service";
import { describe, expect, test } from "vitest";
import { addApps, appId, openTenant, patching, request, sampleApp, sampleSummary } from "./samples.ts";
import { openersOf, type StoreSubject, search, idOf, namesOf, byFailed, readPages } from "./store-subject.ts";

/** Texts and numbers at their limits. */
export function testTexts(subject: StoreSubject): void {
  const { name } = subject;
  const { open, openWith } = openersOf(subject);

  describe(`${name}: texts and numbers at their limits`, () => {
    test("names of many kilobytes are listed in their order, page by page, filtered and found", async () => {
      const random = Array.from({ length: 3000 }, (_, at) =>
        String.fromCodePoint(0x4e00 + ((at * at) % 20_000)),
      );
      const long = random.join("");
      const displayNames = [`${long}b`, long, `${long}a`, "a", "\u{1F34F}", "z".repeat(100_000)];
      const tenant = await openWith(
        ...displayNames.map((displayName, at) => ({ id: idOf(at), displayName, description: displayName })),
      );
      const listed = displayNames.toSorted((one, other) =>
        Buffer.compare(Buffer.from(one), Buffer.from(other)),
      );
      for (const top of [1, 2, 100])
        expect((await readPages(tenant, { top })).flatMap(namesOf)).toEqual(listed);
      const descending = [{ path: { kind: "property", name: "description" }, descending: true }] as const;
      const pages = await readPages(tenant, { top: 2, orderBy: descending });
      expect(pages.flatMap(namesOf)).toEqual(listed.toReversed());
      for (const one of displayNames) {
        expect(namesOf(await tenant.listApps({ top: 9, filter: isNamed(one), count: true }))).toEqual([one]);
      }
      const either: AppFilter = { kind: "or", operands: [isNamed(long), isNamed("a")] };
      expect(namesOf(await tenant.listApps({ top: 9, filter: either }))).toEqual(["a", long]);
      const start: AppFilter = {
        kind: "startsWith",
        text: displayName,
        part: { kind: "value", value: long },
      };
      expect(await tenant.listApps({ top: 9, filter: start, count: true })).toMatchObject({ count: 3 });
      expect(await search(tenant, `${long.slice(9)}a`)).toEqual([`${long}a`]);
    });

    test("blanks at the end count, and an empty text is another one than null", async () => {
      const displayNames = ["a", "a ", " a", "", null];
      const tenant = await openWith(
        ...displayNames.map((one, at) => ({ id: idOf(at), displayName: one, notes: one })),
      );
      for (const one of displayNames) {
        for (const path of [displayName, { kind: "property", name: "notes" } as const]) {
          const filter = { ...isNamed(""), left: path, right: { kind: "value", value: one } } as const;
          expect(namesOf(await tenant.listApps({ top: 9, filter }))).toEqual([one]);
        }
      }
    });

    test("counters reach the maximum of an Int32, and compare with numbers beyond it", async () => {
      const maximum = 2 ** 31 - 1;
      const tenant = await openWith({});
      await tenant.update(
        appId,
        patching({ failedDeviceCount: maximum, pendingInstallUserCount: 0 }),
        request,
      );
      expect((await tenant.readSummary(appId))?.summary).toMatchObject({ failedDeviceCount: maximum });
      const compare = (operator: "ge" | "gt" | "lt", value: number) =>
        tenant.listApps({
          top: 9,
          filter: {
            kind: "compare",
            operator,
            left: { kind: "counter", name: "failedDeviceCount" },
            right: { kind: "value", value },
          },
        });
      expect((await compare("ge", maximum)).apps).toHaveLength(1);
      expect((await compare("gt", maximum)).apps).toHaveLength(0);
      expect((await compare("lt", Number.MAX_SAFE_INTEGER)).apps).toHaveLength(1);
      expect((await compare("gt", Number.MIN_SAFE_INTEGER)).apps).toHaveLength(1);
      const pages = await readPages(tenant, { top: 1, orderBy: byFailed, skip: 10 ** 9 });
      expect(pages.flatMap(namesOf)).toEqual([]);
    });

    test("what a database writes for other characters, for null and for an end is a text as any other", async () => {
      const texts = [
        "\\N",
        "\\.",
        "\\",
        "a\\tb",
        "a\tb",
        "a\nb",
        "a\r\nb\r",
        "\b\f\v\u001B",
        "{a,b}",
        '"a"',
        "'a'",
        "NULL",
      ];
      const store = await open();
      for (const [at, text] of texts.entries()) {
        const app = sampleApp({ id: idOf(at), displayName: text, publisher: text });
        const by = openTenant(store, { actor: text });
        const decision = { kind: "created", app, summary: sampleSummary({}, app.id) } as const;
        await by.importApps([{ appId: app.id, decide: () => decision }], { requestId: text });
        await by.update(app.id, patching({ failedDeviceCount: 8 }), { requestId: text });
      }
      const tenant = openTenant(store);
      const found = await tenant.readApps(texts.map((_, at) => idOf(at)));
      expect(found.map((one) => [one?.app.displayName, one?.app.publisher])).toEqual(
        texts.map((text) => [text, text]),
      );
      const { changes } = await tenant.readChanges({ order: "asc", top: 100 });
      expect(changes.map(({ actor, requestId }) => [actor, requestId])).toEqual(
        texts.flatMap((text) => [
          [text, text],
          [text, text],
        ]),
      );
    });

    test("texts that no database holds fail neither their change nor those that wait with it", async () => {
      const store = await open();
      await addApps(store, [sampleApp(), sampleApp({ id: idOf(1), displayName: "a\0b\uD800", notes: "\0" })]);
      const strange = openTenant(store, { actor: "a\0b\uDFFFc" });
      const by = { requestId: "r\0", clientRequestId: "\uD83D\0" };
      const [changed] = await Promise.all([
        strange.update(appId, patching({ failedDeviceCount: 8 }), by),
        openTenant(store).update(idOf(1), patching({ failedDeviceCount: 8 }), request),
      ]);
      expect(changed?.current.etag).toBe(formatETag(2));
      const { changes } = await strange.readChanges({ order: "asc", top: 9, after: 2 });
      expect(changes.map(({ actor }) => held(actor))).toEqual(["a\uFFFDb\uFFFDc", "ada"]);
      expect(held(changes[0]?.clientRequestId)).toBe("\uFFFD\uFFFD");
      expect(await strange.readChanges({ order: "desc", top: 9, actor: "ada\0" })).toMatchObject({
        changes: [],
      });
      expect(await tenantNames(strange)).toEqual(["a\uFFFDb\uFFFD", "Outlook"]);
      expect(await search(strange, "\uD800x", "\0")).toEqual([]);
    });

    test("an import of thousands of rows is one import", async () => {
      const store = await open();
      await addApps(
        store,
        Array.from({ length: 6000 }, (_, at) => sampleApp({ id: idOf(at), displayName: `App ${at % 10}` })),
      );
      expect(await openTenant(store).listApps({ top: 0, count: true })).toMatchObject({ count: 6000 });
      expect(await openTenant(store).readLastSequence()).toBe(6000);
    });
  });
}

function isNamed(text: string): Comparison {
  return {
    kind: "compare",
    operator: "eq",
    left: displayName,
    right: { kind: "value", value: textKey(text) },
  };
}

/** The names of all apps, with what no database holds as it is written. */
async function tenantNames(tenant: TenantStore): Promise<readonly string[]> {
  const names = namesOf(await tenant.listApps({ top: 100 }));
  return names.map((one) => held(String(one)));
}

/** A text as every database can hold it. */
function held(text = ""): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

const displayName: Operand = { kind: "property", name: "displayName" };
