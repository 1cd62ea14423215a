import * as fc from "fast-check";
import { expect, test } from "vitest";
import { counterNames } from "../resource/counters.ts";
import { followPages } from "./pages.ts";
import { isClientError } from "./errors.ts";

// Each part of a page is written together with what it means; undefined means that the page is refused. What the reader
// makes of the whole text is compared with what its parts mean.

interface Part {
  readonly json: string;
  readonly value: unknown;
}

const refused = (...texts: readonly string[]): readonly Part[] =>
  texts.map((json) => ({ json, value: undefined }));
const means = (json: string, value: unknown): Part => ({ json, value });

/** Valid most of the time, so that most pages with a fault have one. An app has ten counters, so theirs are rarer. */
const mostly = (valid: fc.Arbitrary<Part>, invalid: readonly Part[], weight = 20): fc.Arbitrary<Part> =>
  fc.oneof({ weight, arbitrary: valid }, { weight: 1, arbitrary: fc.constantFrom(...invalid) });

const whole = fc.nat(2_147_483_647).map((count) => means(String(count), count));
const counter = mostly(
  fc.oneof(whole, fc.constantFrom(means("4.0", 4), means("40e-1", 4), means("1E2", 100), means("-0", 0))),
  refused("null", '"4"', "1.5", "-1", "2147483648", "4.0000000000000000001", "1e-1", "true", "[4]", "{}"),
  100,
);
const text = mostly(
  fc.oneof(
    fc.string().map((one) => means(JSON.stringify(one), one)),
    fc.constant(means("null", null)),
  ),
  refused("4", "true", "[]", "{}"),
);
const flag = mostly(
  fc.constantFrom(means("true", true), means("false", false), means("null", false)),
  refused("4", '"true"', "[]"),
);
const guid = fc.oneof(
  fc.uuid(),
  fc.uuid().map((one) => one.toUpperCase()),
);

interface AppParts {
  readonly id: Part;
  readonly summaryId: Part;
  readonly counters: readonly Part[];
  readonly displayName: Part;
  readonly isAssigned: Part;
  readonly etag: Part;
}

const app: fc.Arbitrary<AppParts> = guid.chain((id) =>
  fc.record({
    id: mostly(
      fc.constant(means(JSON.stringify(id), id.toLowerCase())),
      refused('"x"', "4", "null", JSON.stringify(`${id}0`)),
    ),
    summaryId: mostly(
      fc.constantFrom(
        means(JSON.stringify(id.toLowerCase()), id.toLowerCase()),
        means(JSON.stringify(id.toUpperCase()), id.toLowerCase()),
      ),
      refused('"99999999-9999-4999-8999-999999999999"', "null", '""'),
    ),
    counters: fc.array(counter, { minLength: counterNames.length, maxLength: counterNames.length }),
    displayName: text,
    isAssigned: flag,
    etag: mostly(fc.constant(means('"W/\\"7\\""', 'W/"7"')), refused("7", "null", "{}")),
  }),
);

const count = mostly(
  fc.nat().map((one) => means(String(one), one)),
  refused("-1", "1.5", '"4"', "null"),
);

function appJson({ id, summaryId, counters, displayName, isAssigned, etag }: AppParts): string {
  const values = counterNames.map((name, index) => `"${name}":${counters[index]?.json ?? "0"}`);
  const summary = `{"@odata.etag":${etag.json},"id":${summaryId.json},${values.join(",")}}`;
  return `{"id":${id.json},"displayName":${displayName.json},"isAssigned":${isAssigned.json},"installSummary":${summary}}`;
}

/** What an app's parts mean together; undefined where one of them is refused. */
function meaningOf({ id, summaryId, counters, displayName, isAssigned, etag }: AppParts): object | undefined {
  const parts = [id, summaryId, ...counters, displayName, isAssigned, etag];
  if (parts.some(({ value }) => value === undefined)) return undefined;
  const values = Object.fromEntries(counterNames.map((name, index) => [name, counters[index]?.value]));
  return {
    id: id.value,
    displayName: displayName.value,
    isAssigned: isAssigned.value,
    etag: etag.value,
    installSummary: { id: id.value, ...values },
  };
}

function containing(one: object | undefined): object {
  return expect.objectContaining(one ?? {});
}

const first = new URL("https://host/beta/deviceAppManagement/mobileApps");
const page = fc.record({ apps: fc.array(app, { maxLength: 3 }), count });

/** What the reader gives, and whether it ends in an error. */
async function readAll(bodies: readonly string[]): Promise<{ pages: object[]; failed: boolean }> {
  const pages: object[] = [];
  try {
    const send = async (url: URL) => ({
      to: `GET ${url.href}`,
      status: 200,
      body: bodies[Number(url.searchParams.get("page") ?? 0)] ?? "",
      etag: undefined,
      requestId: undefined,
      isOwn: false,
      isRepeated: false,
      hide: String,
    });
    for await (const one of followPages(first, send)) pages.push(one);
    return { pages, failed: false };
  } catch (error) {
    if (!isClientError(error)) throw error;
    return { pages, failed: true };
  }
}

test("any list is read as its parts mean, page by page, up to the first page that cannot be used", async () => {
  const property = fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 4 }), async (list) => {
    const bodies = list.map(({ apps, count: total }, index) => {
      const next = index + 1 < list.length ? `"@odata.nextLink":"${first.href}?page=${index + 1}",` : "";
      return `{${next}"@odata.count":${total.json},"value":[${apps.map(appJson).join(",")}]}`;
    });
    const meanings = list.map(({ apps, count: total }) => {
      const all = apps.map(meaningOf);
      return all.includes(undefined) || total.value === undefined
        ? undefined
        : { apps: all.map(containing), count: total.value };
    });
    const faulty = meanings.indexOf(undefined);
    const usable = faulty === -1 ? meanings : meanings.slice(0, faulty);
    const { pages, failed } = await readAll(bodies);
    expect(failed).toBe(faulty !== -1);
    expect(pages).toEqual(usable.map(containing));
    expect(pages.map((one) => "isLast" in one)).toEqual(pages.map((_, at) => at === list.length - 1));
  });
  await fc.assert(property, { numRuns: 300 });
});

test("any text is read as a page or refused with the client's own error", async () => {
  const noise = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"value":${json}}`),
  );
  await fc.assert(
    fc.asyncProperty(noise, async (body) => {
      const { pages, failed } = await readAll([body]);
      // The only pages without an app that says what it is are those of an empty list.
      expect(pages.every((one) => "apps" in one && Array.isArray(one.apps))).toBe(true);
      expect(pages.length === 0).toBe(failed);
    }),
    { numRuns: 500 },
  );
});

const link = fc.oneof(
  fc.constantFrom(first.href, `${first.href}?page=0`, `${first.href}?page=1`),
  fc.constantFrom("https://other/beta?page=1", "http://host/beta?page=1", "https://host:444/beta?page=1"),
  fc.constantFrom("https://me@host/beta?page=1", "https://me:pw@host/beta?page=1", "/beta?page=1", "", "x"),
);

test("a link is followed exactly when it stays on the server, without a password, and leads on", async () => {
  await fc.assert(
    fc.asyncProperty(link, async (href) => {
      const bodies = [`{"value":[],"@odata.nextLink":${JSON.stringify(href)}}`, '{"value":[]}'];
      const isFine = href.startsWith("https://host/") && href.endsWith("?page=1");
      const isLoop = href === `${first.href}?page=0`;
      const { pages, failed } = await readAll(bodies);
      expect(failed).toBe(!isFine);
      // A page is given before its link is judged, and one that leads back once more is read once more.
      expect(pages.length).toBe(isFine || isLoop ? 2 : pages.length);
    }),
  );
});
