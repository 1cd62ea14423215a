import { createInstallSummaryClient } from "@install-summary/core/client";
import { exampleSummary } from "@install-summary/core/contract";
import { describe, expect, test } from "vitest";
import { useFacade, type TestFacade } from "./facades.ts";
import { appId } from "./samples.ts";

const id = { "client-request-id": "7c2e" };
const patch = { failedDeviceCount: 4 };

/** What a response says about a request that may have arrived before. */
function told(response: Response): readonly (number | string | null)[] {
  const { status, headers } = response;
  return [status, headers.get("etag"), headers.get("install-summary-repeated")];
}

/** A facade to which one change was sent, on version 1. */
async function withChange(): Promise<TestFacade> {
  const facade = await useFacade();
  expect(told(await facade.patch(patch, { headers: { ...id, "if-match": 'W/"1"' } }))).toEqual([
    200,
    'W/"2"',
    null,
  ]);
  return facade;
}

describe("the second arrival of a change", () => {
  test.each(['W/"1"', '"1"', 'w/"1"', "1", '"1-gzip"', '"x", W/"1"', 'W/"1", W/"7"'])(
    "under If-Match %s is a success and changes nothing",
    async (ifMatch) => {
      const { patch: send } = await withChange();
      const second = await send(patch, { headers: { ...id, "if-match": ifMatch } });
      expect(told(second)).toEqual([200, 'W/"2"', "true"]);
      expect(second.headers.get("install-summary-repeated-id")).toBe("7c2e");
      expect(await second.json()).toMatchObject({ id: appId, ...patch });
    },
  );

  test("is a 204 where no representation is wanted", async () => {
    const { patch: send } = await withChange();
    const headers = { ...id, "if-match": 'W/"1"', prefer: "return=minimal" };
    const second = await send(patch, { headers });
    expect(told(second)).toEqual([204, 'W/"2"', "true"]);
    expect(second.headers.get("install-summary-repeated-id")).toBe("7c2e");
    expect(second.headers.get("preference-applied")).toBe("return=minimal");
  });

  test("gets the summary as it is now, whatever others have changed since", async () => {
    const { patch: send } = await withChange();
    await send({ failedDeviceCount: 5 });
    const second = await send(patch, { headers: { ...id, "if-match": 'W/"1"' } });
    expect(told(second)).toEqual([200, 'W/"3"', "true"]);
    expect(await second.json()).toMatchObject({ failedDeviceCount: 5 });
    expect(told(await send({}))).toEqual([200, 'W/"3"', null]);
  });

  test("of all ten counters is recognised, although most of them kept their values", async () => {
    const { patch: send } = await useFacade();
    const whole = { ...exampleSummary, failedDeviceCount: 4 };
    const headers = { ...id, "if-match": 'W/"1"' };
    expect(told(await send(whole, { headers }))).toEqual([200, 'W/"2"', null]);
    expect(told(await send(whole, { headers }))).toEqual([200, 'W/"2"', "true"]);
  });

  test("in the same moment counts once, in any number", async () => {
    const { patch: send } = await useFacade();
    const headers = { ...id, "if-match": 'W/"1"' };
    const responses = await Promise.all(Array.from({ length: 8 }, () => send(patch, { headers })));
    expect(responses.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(responses.filter(({ headers: sent }) => sent.has("install-summary-repeated"))).toHaveLength(7);
    expect(told(await send({}))).toEqual([200, 'W/"2"', null]);
  });
});

describe("a 412", () => {
  test.each<[string, object, Readonly<Record<string, string>>]>([
    ["other values under the same id", { failedDeviceCount: 6 }, { ...id, "if-match": 'W/"1"' }],
    ["a counter more", { ...patch, failedUserCount: 1 }, { ...id, "if-match": 'W/"0"' }],
    ["another id", patch, { "client-request-id": "other", "if-match": 'W/"1"' }],
  ])("says that nothing was applied: %s", async (_what, body, headers) => {
    const { patch: send } = await withChange();
    expect(told(await send(body, { headers }))).toEqual([412, 'W/"2"', "false"]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["no id", { "if-match": 'W/"1"' }],
    ["an id that is not usable", { "client-request-id": "x".repeat(129), "if-match": 'W/"1"' }],
    ["a version that is not there yet", { ...id, "if-match": 'W/"9"' }],
    ["an ETag of another kind", { ...id, "if-match": '"abc"' }],
    ["more ETags than any caller lists", { ...id, "if-match": Array(11).fill('W/"1"').join() }],
    ["If-None-Match", { ...id, "if-none-match": "*" }],
    ["both conditions", { ...id, "if-match": 'W/"1"', "if-none-match": 'W/"2"' }],
  ])("says nothing more where that cannot be told: %s", async (_what, headers) => {
    const { patch: send } = await withChange();
    expect(told(await send(patch, { headers }))).toEqual([412, 'W/"2"', null]);
  });

  test("comes to another caller who uses the same id, without a word on which of the two changes that was", async () => {
    const facade = await withChange();
    const token = await facade.issueToken({ user: "bert@example.test" });
    const response = await facade.patch(patch, { token, headers: { ...id, "if-match": 'W/"1"' } });
    expect(told(response)).toEqual([412, 'W/"2"', null]);
  });
});

test("edits of many, each sent twice by a gateway, all count once", async () => {
  const facade = await useFacade();
  const { url } = facade;
  const token = await facade.issueToken();
  const write = async (): Promise<void> => {
    const client = createInstallSummaryClient({
      baseUrl: `${url}/beta`,
      token: () => token,
      async fetch(input, init) {
        const request = new Request(input, init);
        if (request.method === "PATCH") await (await fetch(request.clone())).arrayBuffer();
        return fetch(request);
      },
    });
    for (let count = 0; count < 5; count += 1) {
      await client.edit(appId, () => ({ failedDeviceCount: { add: 1 } }), { tries: 100 });
    }
  };
  await Promise.all(Array.from({ length: 6 }, write));
  const client = createInstallSummaryClient({ baseUrl: `${url}/beta`, token: () => token });
  expect(await client.get(appId)).toMatchObject({ summary: { failedDeviceCount: 31 }, etag: 'W/"31"' });
});

test("an import that comes between both is no repetition of anyone", async () => {
  const facade = await useFacade();
  const report = `ApplicationId,DisplayName,FailedDeviceCount\n${appId},Contoso Portal,4\n`;
  await facade.importReport(new Blob([report]).stream());
  const response = await facade.patch(patch, { headers: { ...id, "if-match": 'W/"1"' } });
  expect(told(response)).toEqual([412, 'W/"2"', "false"]);
});

describe("the log that clients ask what became of a change", () => {
  const request = { ifMatch: 'W/"1"', clientRequestId: "mine" };
  const sent = { ...request, patch };
  const another = { ...sent, clientRequestId: "another" };

  test("names the request of each change", async () => {
    const { client, own, others } = await openLosing({ losing: "requests" });
    expect(await client.findChange(appId, sent)).toBeUndefined();
    await own.update(appId, patch, request);
    expect(await client.findChange(appId, sent)).toBe("applied");
    expect(await client.findChange(appId, { ...sent, ifMatch: 'W/"2"' })).toBeUndefined();
    expect(await others.findChange(appId, another)).toBe("notApplied");
  });

  test("names it also behind more changes than a page has", async () => {
    const { client, own, others } = await openLosing({ losing: "requests" });
    await own.update(appId, patch, request);
    for (let count = 0; count < 101; count += 1)
      await others.update(appId, { failedDeviceCount: 500 + count });
    expect(await client.findChange(appId, sent)).toBe("applied");
    expect(await others.findChange(appId, another)).toBe("notApplied");
  });

  test("leaves open whose change it is where the account has made the same one under another id", async () => {
    const { client, own } = await openLosing({ losing: "requests" });
    await own.update(appId, patch, request);
    expect(await client.findChange(appId, another)).toBe("mayBeOwn");
    const other = { ...another, patch: { failedDeviceCount: 5 } };
    expect(await client.findChange(appId, other)).toBe("notApplied");
  });

  test("says of equal values that they are someone else's", async () => {
    const { client, others } = await openLosing({ losing: "requests" });
    const { etag } = await others.get(appId);
    await others.update(appId, patch);
    await expect(client.update(appId, patch, { ifMatch: etag ?? "" })).rejects.toMatchObject({
      status: 412,
      notApplied: true,
    });
  });

  test("says of other values that the change was made before them", async () => {
    const { client } = await openLosing({ losing: "responses" });
    const { etag } = await client.get(appId);
    const updated = await client.update(appId, patch, { ifMatch: etag ?? "" });
    expect(updated).toMatchObject({ summary: patch, etag: 'W/"2"', foundAfter: [{ name: "NetworkError" }] });
  });
});

describe("the same log, behind a gateway that gives writes alone ids of its own,", () => {
  test("does not say of a change that was applied that it was not", async () => {
    const mine = { ifMatch: 'W/"1"', clientRequestId: "mine", patch };
    const { client, others } = await openLosing({ losing: "responses", replacesIds: true });
    await expect(client.update(appId, patch, { ifMatch: 'W/"1"' })).resolves.toMatchObject({
      etag: 'W/"2"',
      foundBy: "values",
    });
    await others.update(appId, { failedDeviceCount: 500 });
    expect(await client.findChange(appId, mine)).toBe("mayBeOwn");
    expect(await others.findChange(appId, mine)).toBe("notApplied");
  });

  test.each([
    { what: "one that was applied is open", losing: "responses", outcome: "unknown" },
    {
      what: "so is one beside an equal one with another id",
      losing: "requests",
      id: "job-7",
      outcome: "unknown",
    },
    { what: "one beside an equal one of a client is not applied", losing: "requests", outcome: "notApplied" },
  ] as const)("adds no amount twice: $what", async ({ losing, outcome, ...other }) => {
    let isMade = false;
    const { client, own } = await openLosing({
      losing,
      replacesIds: losing === "responses",
      async afterChange() {
        const given = "id" in other ? { clientRequestId: other.id } : {};
        if (losing === "requests" && !isMade) await own.update(appId, patch, given);
        isMade = true;
      },
    });
    const { failedDeviceCount } = (await own.get(appId)).summary;
    const add = { failedDeviceCount: { add: patch.failedDeviceCount - failedDeviceCount } };
    await expect(client.edit(appId, () => add)).rejects.toMatchObject({
      name: "UnconfirmedChangeError",
      outcome,
      current: { etag: 'W/"2"', summary: patch },
    });
    expect(await own.get(appId)).toMatchObject({ etag: 'W/"2"', summary: patch });
  });

  test("lets no amount be added a second time on what others have made of it", async () => {
    let hasChanged = false;
    const { client, others } = await openLosing({
      losing: "responses",
      replacesIds: true,
      async afterChange() {
        if (!hasChanged) await others.update(appId, { failedDeviceCount: 500 });
        hasChanged = true;
      },
    });
    await expect(client.edit(appId, () => ({ failedDeviceCount: { add: 3 } }))).rejects.toMatchObject({
      name: "UnconfirmedChangeError",
      outcome: "overtaken",
    });
    expect(await others.get(appId)).toMatchObject({ etag: 'W/"3"', summary: { failedDeviceCount: 500 } });
  });
});

interface Losing {
  readonly losing: "requests" | "responses";
  /** Whether a gateway gives writes ids of its own; of its responses only those to changes are lost. */
  readonly replacesIds?: boolean;
  readonly afterChange?: () => Promise<void>;
}

/** A client whose changes, or the responses to them, get lost, another one of the same account, and one of others. */
async function openLosing({ losing, replacesIds = false, afterChange }: Losing) {
  const facade = await useFacade();
  const token = await facade.issueToken();
  const baseUrl = `${facade.url}/beta`;
  const connection = { baseUrl, token: () => token };
  const client = createInstallSummaryClient({
    ...connection,
    async fetch(input, init) {
      const request = new Request(input, init);
      if (request.method !== "PATCH") return fetch(request);
      if (replacesIds) request.headers.set("client-request-id", crypto.randomUUID());
      // An empty one changes nothing: a client asks by it what became of a change.
      if ((await request.clone().text()) === "{}") return fetch(request);
      if (losing === "responses") await fetch(request);
      await afterChange?.();
      throw new TypeError("fetch failed");
    },
  });
  const theirs = await facade.issueToken({ user: "bert@example.test" });
  const others = createInstallSummaryClient({ baseUrl, token: () => theirs });
  return { client, own: createInstallSummaryClient(connection), others };
}
