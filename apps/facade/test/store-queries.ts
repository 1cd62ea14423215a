import { counterNames, type InstallSummary, type MobileApp } from "@install-summary/core";
import * as fc from "fast-check";
import { expect } from "vitest";
import {
  appProperties,
  openMemoryStore,
  textKey,
  type AppFilter,
  type AppOrder,
  type AppPage,
  type AppPath,
  type AppPropertyName,
  type AppQuery,
  type ImportingStore,
  type Operand,
  type TenantStore,
} from "@install-summary/core/service";
import { openTenant, patching, request, sampleApp, sampleSummary } from "./samples.ts";

type Apps = readonly { readonly app: MobileApp; readonly summary: InstallSummary }[];

const texts = [
  "",
  "a",
  "A",
  "ab",
  "ba",
  "Ä",
  "a\u0308",
  "äb",
  "\uFB01",
  "İ",
  "ß",
  "🍏",
  "🍏a",
  "\uFFFD",
  "'%_",
  "a ",
  " ",
  "\\",
  // JavaScript's lower case knows the sigma at the end of a word.
  "ΑΣ",
  "ας",
  "I",
  "ı",
];
const text = fc.constantFrom(...texts);
/** What a caller can send and no stored text has. */
const withNul = ["\0", "a\0", "a\0b", "ab\0\0", "\uFFFD\0"];
const ids = Array.from("abcdef012", (digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`);
const times = [
  "2024-09-30T13:47:10Z",
  "2024-09-30T13:47:10.0000000Z",
  "2024-09-30T13:47:10.5Z",
  "2024-09-30T13:47:10.5000Z",
  "2024-09-30T13:47:10.4999999Z",
  "2024-09-30T13:47:11Z",
  "2025-01-01T00:00:00Z",
];
const timeKeys = ["", ".5", ".4999999", ".1234567"].map((fraction) => `2024-09-30T13:47:10${fraction}`);
const types = ["win32LobApp", "win32CatalogApp", "iosVppApp", "madeUpApp"].map(
  (name) => `#microsoft.graph.${name}`,
);
const states = ["notPublished", "processing", "published"];

const properties = fc.record({
  displayName: fc.option(text),
  description: fc.option(text),
  publisher: fc.option(text),
  owner: fc.option(text),
  notes: fc.option(text),
  createdDateTime: fc.constantFrom(...times),
  isFeatured: fc.boolean(),
  isAssigned: fc.boolean(),
  publishingState: fc.constantFrom(...states),
  "@odata.type": fc.constantFrom(...types),
});
const counters = fc.record({ failedDeviceCount: fc.nat(3), installedUserCount: fc.nat(3) });
const apps: fc.Arbitrary<Apps> = fc
  .tuple(fc.subarray(ids), fc.array(fc.tuple(properties, counters), { minLength: 9, maxLength: 9 }))
  .map(([chosen, values]) =>
    values.slice(0, chosen.length).map(([shape, patch], index) => {
      const id = chosen[index] ?? "";
      return { app: sampleApp({ ...shape, id }), summary: sampleSummary(patch, id) };
    }),
  );

const propertiesOf = (...wanted: readonly string[]): readonly AppPropertyName[] =>
  appProperties.filter(({ type }) => wanted.includes(type)).map(({ name }) => name);
const textNames = propertiesOf("Edm.String", "microsoft.graph.mobileAppPublishingState");
const property = (names: readonly AppPropertyName[]): fc.Arbitrary<AppPath> =>
  fc.constantFrom(...names).map((name) => ({ kind: "property", name }));
const counter: fc.Arbitrary<AppPath> = fc
  .constantFrom(...counterNames)
  .map((name) => ({ kind: "counter", name }));
const value = <Value extends string | number | null>(values: fc.Arbitrary<Value>): fc.Arbitrary<Operand> =>
  values.map((one) => ({ kind: "value", value: one }));

/** Operands of each type. The names that an index serves come more often. */
const operands: readonly fc.Arbitrary<Operand>[] = [
  fc.oneof(
    property(textNames),
    property(["displayName", "id"]),
    value(fc.constantFrom(...texts, ...states, ...ids, ...withNul).map(textKey)),
    value(text.map(textKey)),
  ),
  fc.oneof(
    counter,
    value(fc.integer({ min: -1, max: 3 })),
    value(fc.constantFrom(-(2 ** 53) + 1, 2 ** 31, 2 ** 53 - 1)),
  ),
  fc.oneof(property(propertiesOf("Edm.Boolean")), value(fc.nat(1))),
  fc.oneof(property(propertiesOf("Edm.DateTimeOffset")), value(fc.constantFrom(...timeKeys))),
];
const texted = operands[0] ?? fc.constant<Operand>({ kind: "value", value: null });

const condition: fc.Arbitrary<AppFilter> = fc.oneof(
  fc.constantFrom(...operands).chain((operand) =>
    fc.record({
      kind: fc.constant("compare" as const),
      operator: fc.constantFrom("eq", "ne", "gt", "ge", "lt", "le"),
      left: operand,
      right: operand,
    }),
  ),
  fc.record({
    kind: fc.constant("compare" as const),
    operator: fc.constantFrom("eq", "ne"),
    left: fc.oneof(...operands),
    right: value(fc.constant(null)),
  }),
  fc.record({ kind: fc.constantFrom("contains", "startsWith", "endsWith"), text: texted, part: texted }),
  fc.record({ kind: fc.constant("isOf" as const), types: fc.subarray(types, { minLength: 1 }) }),
  // What indexes serve: some ids, some names, the start of a name.
  fc.record({
    kind: fc.constant("or" as const),
    operands: fc.array(
      fc
        .tuple(
          fc.constantFrom("id" as const, "displayName" as const),
          fc.constantFrom(...ids, ...texts, ...withNul),
        )
        .map(([name, wanted]): AppFilter => ({
          kind: "compare",
          operator: "eq",
          left: { kind: "property", name },
          right: { kind: "value", value: textKey(wanted) },
        })),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  fc.constantFrom(...texts, ...withNul).map((start): AppFilter => ({
    kind: "startsWith",
    text: { kind: "property", name: "displayName" },
    part: { kind: "value", value: textKey(start) },
  })),
);

const { filter } = fc.letrec<{ filter: AppFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition,
    fc.record({ kind: fc.constant("not" as const), operand: tie("filter") }),
    fc.record({
      kind: fc.constantFrom("and", "or"),
      operands: fc.array(tie("filter"), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

const orderBy: fc.Arbitrary<readonly AppOrder[]> = fc.array(
  fc.record({
    path: fc.oneof(property(appProperties.map(({ name }) => name)), counter, property(["displayName"])),
    descending: fc.boolean(),
  }),
  { maxLength: 3 },
);

const query: fc.Arbitrary<AppQuery> = fc.record({
  top: fc.integer({ min: 0, max: 4 }),
  skip: fc.option(fc.nat(3), { nil: undefined }),
  search: fc.option(
    fc.array(
      fc.constantFrom(...texts, ...withNul).map((word) => ({ word })),
      { maxLength: 1 },
    ),
    { nil: undefined },
  ),
  filter: fc.option(filter, { nil: undefined }),
  orderBy: fc.option(orderBy, { nil: undefined }),
  count: fc.boolean(),
});

/**
 * Asks a store random queries about random apps, and compares every page of them with the memory adapter's, which
 * evaluates plainly. Resolves to the number of apps that were found.
 */
export async function checkRandomQueries(store: ImportingStore): Promise<number> {
  let tenant = 0;
  let found = 0;
  await fc.assert(
    fc.asyncProperty(apps, fc.array(query, { minLength: 1, maxLength: 4 }), async (present, queries) => {
      tenant += 1;
      const oracle = openTenant(openMemoryStore());
      const subject = openTenant(store, { tenantId: `queries-${tenant}` });
      for (const each of [oracle, subject]) await importAll(each, present);
      for (const one of queries) {
        const pages = await readPages(subject, one);
        expect(pages).toEqual(await readPages(oracle, one));
        found += pages.flatMap((page) => page.apps).length;
      }
    }),
    { numRuns: 400 },
  );
  return found;
}

/** After so many pages nothing changes any more. */
const changingPages = 10;

/**
 * Reads random lists page by page while other apps come and change, and checks that each app which stays as it is comes
 * exactly once, in the order that was asked for. Resolves to the number of such apps.
 */
export async function checkPagesBesideChanges(store: ImportingStore): Promise<number> {
  let tenant = 0;
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(
      apps,
      apps,
      fc.record({
        top: fc.integer({ min: 1, max: 2 }),
        filter: fc.option(filter, { nil: undefined }),
        orderBy,
      }),
      async (present, changes, one) => {
        tenant += 1;
        const changing = new Set(changes.map(({ app }) => app.id));
        const staying = present.filter(({ app }) => !changing.has(app.id));
        const oracle = openTenant(openMemoryStore());
        await importAll(oracle, staying);
        const expected = await oracle.listApps({ ...one, top: 100 });
        const subject = openTenant(store, { tenantId: `changes-${tenant}` });
        await importAll(subject, present);
        const pages = await readPages(subject, one, async (page) => {
          // Else an app that is moved on with each page would come again on each, and the list would have no end.
          if (page > changingPages) return;
          await importAll(subject, changes.slice(page, page + 1));
          await subject.update(changes[0]?.app.id ?? "", patching({ failedDeviceCount: page }), request);
        });
        const found = pages.flatMap((page) => page.apps).filter(({ id }) => !changing.has(id));
        expect(found).toEqual(expected.apps);
        seen += found.length;
      },
    ),
    { numRuns: 200 },
  );
  return seen;
}

async function importAll(tenant: ReturnType<typeof openTenant>, present: Apps): Promise<void> {
  const rows = present.map(({ app, summary }) => ({
    appId: app.id,
    decide: (current: unknown) =>
      current === undefined
        ? ({ kind: "created", app, summary } as const)
        : ({ kind: "changed", app, summary } as const),
  }));
  await tenant.importApps(rows, request);
}

async function readPages(
  tenant: TenantStore,
  { skip, ...wanted }: AppQuery,
  afterPage: (page: number) => Promise<void> = async () => {},
): Promise<readonly AppPage[]> {
  const pages: AppPage[] = [];
  let cursor: string | undefined;
  do {
    // As a link to the next page does, only the first one leaves apps out.
    const page = await tenant.listApps({ ...wanted, ...(pages.length === 0 && { skip }), cursor });
    pages.push(page);
    await afterPage(pages.length);
    cursor = page.next;
  } while (cursor !== undefined && pages.length < 50);
  return pages;
}
