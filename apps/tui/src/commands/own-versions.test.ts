import { expect, test } from "vitest";
import { ownVersions, type OwnVersions } from "./own-versions.ts";

async function after(...responses: readonly (readonly [string, Response])[]): Promise<OwnVersions> {
  const own = ownVersions();
  for (const [method, response] of responses) await own.note(method, response);
  return own;
}

const json = (value: unknown, etag?: string): Response =>
  new Response(JSON.stringify(value), { headers: etag === undefined ? {} : { etag } });

const item = (version: number): object => ({ status: 200, headers: { ETag: `W/"${version}"` } });

test("a change's version is in the header or in the body, and the body stays readable", async () => {
  const whole = json({ "@odata.etag": 'W/"8"' }, 'W/"8"');
  const own = await after(
    ["PATCH", whole],
    ["PATCH", new Response(null, { status: 204, headers: { etag: '"9"' } })],
    ["PATCH", json({ "@odata.etag": 'W/"10"' })],
  );
  expect(['W/"7"', 'W/"8"', 'W/"9"', 'W/"10"', 'W/"11"'].filter(own.has)).toEqual([
    'W/"8"',
    'W/"9"',
    'W/"10"',
  ]);
  expect(own.areAllKnown()).toBe(true);
  expect(await whole.json()).toEqual({ "@odata.etag": 'W/"8"' });
});

test("a batch has the versions of all its changes", async () => {
  const own = await after(
    ["POST", json({ responses: [item(8), item(9)] })],
    ["POST", json({ responses: [] })],
  );
  expect(['W/"8"', 'W/"9"', 'W/"10"'].filter(own.has)).toEqual(['W/"8"', 'W/"9"']);
  expect(own.areAllKnown()).toBe(true);
});

test("a refusal makes no version", async () => {
  const own = await after(["PATCH", new Response("", { status: 412, headers: { etag: 'W/"9"' } })]);
  expect([own.has('W/"9"'), own.areAllKnown()]).toEqual([false, true]);
});

test.each([500, 502, 504, 408, 200])("after a %d without a version not all are known", async (status) => {
  expect((await after(["PATCH", new Response("{}", { status })])).areAllKnown()).toBe(false);
});

const told = (requestId: string): Response =>
  new Response("{}", { headers: { etag: 'W/"8"', "request-id": requestId } });

test("a version is made by the request that was told it first, as the log has it", async () => {
  const own = await after(
    ["PATCH", told("a")],
    ["PATCH", told("b")],
    ["POST", json({ responses: [item(9)] })],
  );
  const made = (version: number, requestId: string): boolean => own.made({ version, requestId });
  expect([made(8, "a"), made(8, "b"), made(9, "c"), made(10, "a")]).toEqual([true, false, true, false]);
});
