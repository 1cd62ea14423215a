import { describe, expect, test } from "vitest";
import {
  captured,
  withOtherTexts,
  respond,
  rightResponse,
  wrongResponses,
} from "../../../test/pair-responses.ts";
import { appId } from "../../../test/samples.ts";
import { gzip, readText } from "./content-coding.ts";
import { checkPair, type PairRun, type SentRequest } from "./check-pair.ts";
import type { ExpectedJson } from "../format/expected-json.ts";
import type { GoldenPair } from "../format/golden-pair.ts";
import { goldenPairs } from "../pairs/golden-pairs.ts";

const otherId = "11111111-1111-4111-8111-111111111111";

test("a server that follows the contract differs nowhere, and new values are captured", async () => {
  const run = { appId: appId.toUpperCase(), etags: new Map<string, string>() };
  for (const pair of goldenPairs) {
    expect(await checkPair(pair, async () => respond(rightResponse(pair)), run)).toEqual([]);
  }
  expect(run.etags).toEqual(captured);
});

describe.each(goldenPairs)("of '$name'", (pair) => {
  test("the checker finds every wrong value", async () => {
    const unseen: string[] = [];
    for (const [what, response] of wrongResponses(pair)) {
      const differences = await checkPair(pair, async () => respond(response), someRun());
      if (differences.length === 0) unseen.push(what);
    }
    expect(unseen).toEqual([]);
  });

  test("the checker ignores messages, dates and request ids", async () => {
    const response = withOtherTexts(rightResponse(pair));
    expect(await checkPair(pair, async () => respond(response), someRun())).toEqual([]);
  });
});

test("an id is new beside the ids before it, whatever texts were captured", async () => {
  const read = (expected: string): Promise<readonly string[]> => {
    const pair: GoldenPair = { ...pairAt(1), expected: { status: 200, body: { id: expected } } };
    return checkPair(pair, async () => respond({ status: 200, headers: {}, body: { id: otherId } }), run);
  };
  const run = someRun();
  expect(await read("{new text:listed}")).toEqual([]);
  expect(await read("{new guid:first}")).toEqual([]);
  expect(await read("{new guid:second}")).toEqual([`body.id must be new but is ${otherId}, as 'first' was`]);
});

test("a pair in gzip sends its text compressed", async () => {
  const pair = goldenPairs.find(({ request }) => request.coding === "gzip") ?? pairAt(0);
  const sent: SentRequest[] = [];
  await checkPair(pair, async (request) => (sent.push(request), respond(rightResponse(pair))), someRun());
  const [request] = sent;
  expect(request?.headers).toEqual({ "content-type": "application/json", "content-encoding": "gzip" });
  expect(request).not.toHaveProperty("coding");
  const asSent = new Response(request?.body ?? "", { headers: { "content-encoding": "gzip" } });
  expect(request?.body).toBeInstanceOf(Uint8Array);
  expect(await readText(asSent)).toBe(pair.request.body);
});

test("a response in gzip that was not inflated is compared by its text", async () => {
  const pair = pairAt(1);
  const { headers, body, status } = rightResponse(pair);
  const send = (text: string) => async () =>
    new Response(await gzip(text), {
      status,
      headers: { ...headers, "content-encoding": "gzip" },
    });
  expect(await checkPair(pair, send(JSON.stringify(body)), someRun())).toEqual([]);
  expect(await checkPair(pair, send("{}"), someRun())).not.toEqual([]);
});

test("an unexpected member or target is a difference", async () => {
  const responses = [0, 8].map((at) => [pairAt(at), rightResponse(pairAt(at))] as const);
  const differences = await Promise.all(
    responses.map(([pair, response]) => {
      const error = { code: "BadRequest", message: "", target: "x", details: [{ target: "x" }] };
      const body = pair.expected.error === undefined ? { ...Object(response.body), more: 1 } : { error };
      return checkPair(pair, async () => respond({ ...response, body }), someRun());
    }),
  );
  expect(differences).toEqual([
    ["body.more must be absent"],
    [
      'error.message must be a non-empty text but is ""',
      "error.innerError is missing",
      "error.target must be absent",
      "error.details must have 0 elements but has 1",
    ],
  ]);
});

test("differences name the expected and the found value, and show hostile text safely", async () => {
  const name = `body.\u001b[2J`;
  const bodies = [
    "<p>Sign in\u001b[2J",
    "{}",
    JSON.stringify({ ...Object(rightResponse(pairAt(0)).body), [name]: 1, id: 7 }),
  ];
  const differences = await Promise.all(
    bodies.map((body) =>
      checkPair(pairAt(0), async () => new Response(body, { headers: { etag: 'W/"1"' } }), someRun()),
    ),
  );
  expect(differences[0]).toEqual(["the body must be JSON but is '<p>Sign in␛[2J'"]);
  expect(differences[1]).toHaveLength(13);
  expect(differences[1]?.[3]).toBe("body.installedDeviceCount is missing");
  expect(differences[2]).toEqual([`body.id must be "${appId}" but is 7`, "body.body.␛[2J must be absent"]);
  expect(await checkPair(pairAt(0), async () => new Response("gone", { status: 410 }), someRun())).toEqual([
    "the status must be 200 but is 410: gone",
  ]);
});

test("a refused change that was stored all the same is named by its pair", async () => {
  const pair = pairAt(11);
  const response = rightResponse(pair);
  const stored = { ...response, body: { ...Object(response.body), failedDeviceCount: 11 } };
  expect(await checkPair(pair, async () => respond(stored), someRun())).toEqual([
    "body.failedDeviceCount must be 1000 but is 11: pair 11 sent this value and must not be stored",
  ]);
});

test("requests are sent without placeholders", async () => {
  const sent: SentRequest[] = [];
  for (const pair of goldenPairs) {
    const send = (request: SentRequest): Promise<Response> => {
      sent.push(request);
      return Promise.resolve(respond(rightResponse(pair)));
    };
    await checkPair(pair, send, someRun());
  }
  expect(JSON.stringify(sent)).not.toMatch(/\{(?:appId|etag|guid|text)/);
  expect(sent[10]).toEqual({
    method: "PATCH",
    path: `/deviceAppManagement/mobileApps/${appId}/installSummary`,
    headers: { "content-type": "application/json", "if-match": 'W/"1"' },
    body: '{"failedDeviceCount":11}',
    identity: "writer",
  });
  expect(JSON.parse(String(sent[24]?.body))).toMatchObject({
    requests: [{ headers: { "If-Match": 'W/"1"' } }, { dependsOn: ["1"] }],
  });
});

test("a pair that needs a value no earlier pair captured is not sent", async () => {
  const run: PairRun = { appId, etags: new Map() };
  const neverCaptured = (index: number): Promise<readonly string[]> =>
    checkPair(pairAt(index), sendNothing, run);
  const why = "was never captured: an earlier pair failed or was left out";
  expect(await neverCaptured(2)).toEqual([`the value 'example' ${why}`]);
  expect(await neverCaptured(42)).toEqual([`the value 'minimal' ${why}`]);
  expect(await neverCaptured(91)).toEqual([`the value 'nextPage' ${why}`]);
});

test("a missing response is a difference, and so is one that breaks off", async () => {
  expect(await checkPair(pairAt(0), sendNothing, someRun())).toEqual(["no usable response: it was sent"]);
  const refused = new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:9") });
  expect(await checkPair(pairAt(0), () => Promise.reject(refused), someRun())).toEqual([
    "no usable response: fetch failed (connect ECONNREFUSED 127.0.0.1:9)",
  ]);
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error("cut off")) });
  expect(await checkPair(pairAt(0), async () => new Response(broken), someRun())).toEqual([
    "no usable response: cut off",
  ]);
});

describe("a pair of your own", () => {
  const base = "https://intune.example/beta";
  const own: GoldenPair = {
    number: 1,
    name: "a pair of your own",
    feature: "list",
    identity: "writer",
    request: { method: "GET", path: "/apps?$filter=name eq 'a b'", headers: {} },
    expected: { status: 200 },
  };
  const run: PairRun = { appId, etags: new Map() };

  test.each(["Back 2", "", "back-2"])("cannot capture under the name '%s'", async (name) => {
    const expected = { status: 200, headers: { etag: `{new etag:${name}}` } };
    await expect(checkPair({ ...own, expected }, sendNothing, run)).rejects.toThrow(
      `The pair 'a pair of your own' captures under '${name}': a name has letters and digits only.`,
    );
  });

  test("can have blanks and quotes in its path, percent-encoded in the URL of the response", async () => {
    const expected = { status: 200, body: { link: "{base}/apps" } };
    const link = (to: string): Promise<readonly string[]> =>
      checkPair(
        { ...own, expected },
        async () => responseFrom(new URL(base + own.request.path).href, { link: to }),
        run,
      );
    expect(await link(`${base}/apps`)).toEqual([]);
    expect(await link("https://evil.example/beta/apps")).toEqual([
      `body.link must be "${base}/apps" but is "https://evil.example/beta/apps"`,
    ]);
  });

  test("must get its response from the URL that it was sent to", async () => {
    const elsewhere = responseFrom("https://intune.example/signin", {});
    expect(await checkPair(own, async () => elsewhere, run)).toEqual([
      "the response must come from /apps?$filter=name eq 'a b' but came from https://intune.example/signin",
    ]);
  });

  test("can require an absent header, or a kind of value", async () => {
    const headers = { "request-id": "{guid}", "x-note": "{text}", etag: null };
    const check = (given: Record<string, string>): Promise<readonly string[]> =>
      checkPair(
        { ...own, expected: { status: 200, headers } },
        async () => new Response(null, { headers: given }),
        run,
      );
    expect(await check({ "request-id": appId, "x-note": "anything" })).toEqual([]);
    expect(await check({ "request-id": "x", "x-note": "", etag: 'W/"1"' })).toEqual([
      "the header request-id must be a GUID in lower case but is x",
      "the header x-note must be a non-empty text but is ",
      'the header etag must be absent but is W/"1"',
    ]);
  });

  test.each([
    ["vary", "Accept, Prefer", "Prefer,accept , Accept, Origin", []],
    ["vary", "Accept, Prefer", "Accept", ["the header vary must be Accept, Prefer but is Accept"]],
    ["allow", "GET, HEAD", "HEAD, GET", []],
    ["allow", "GET, HEAD", "GET, HEAD, PUT", ["the header allow must be GET, HEAD but is GET, HEAD, PUT"]],
    ["x-note", "a", "a, a", ["the header x-note must be a but is a, a"]],
  ])("compares the header %s %j with %j as its list is meant", async (name, wanted, found, differences) => {
    const expected = { status: 200, headers: { [name]: wanted } };
    const send = async (): Promise<Response> => new Response(null, { headers: { [name]: found } });
    expect(await checkPair({ ...own, expected }, send, run)).toEqual(differences);
  });

  test.each<[readonly ExpectedJson[], unknown, readonly string[]]>([
    [["…"], [], []],
    [["…"], {}, ['body must be ["…"] but is {}']],
    [[7, 7, "…"], [7], ["body must contain 7, 7 but has 1 element"]],
    [[7, 7, "…"], [7, 8], ["body[1] must be 7 but is 8"]],
    [["…", 7], [8, 7], []],
  ])("that expects %j of %j says %j", async (body, found, differences) => {
    const respondWithIt = async (): Promise<Response> => new Response(JSON.stringify(found));
    expect(await checkPair({ ...own, expected: { status: 200, body } }, respondWithIt, run)).toEqual(
      differences,
    );
  });

  test("finds -0, which is not a counter", async () => {
    const expected = { status: 200, body: [0] };
    expect(await checkPair({ ...own, expected }, async () => new Response("[-0]"), run)).toEqual([
      "body[0] must be 0 but is -0",
    ]);
  });

  test("captures an element at any place of a list, and the end of a text", async () => {
    const later: PairRun = { appId, etags: new Map() };
    const expected = {
      status: 200,
      body: {
        value: [{ id: "{appId}" }, { id: "{new guid:other}" }, "…"],
        next: "{base}/apps?{new text:page}",
      },
    };
    const body = { value: [{ id: otherId }, { id: appId }], next: `${base}/apps?$skiptoken=7` };
    expect(await checkPair({ ...own, expected }, async () => responseFrom("", body), later)).toEqual([]);
    expect(Object.fromEntries(later.etags)).toEqual({ other: otherId, page: "$skiptoken=7" });
    const again = { ...own, expected: { status: 200, body: "{new guid:another}" } };
    expect(await checkPair(again, async () => responseFrom("", otherId), later)).toEqual([
      `body must be new but is ${otherId}, as 'other' was`,
    ]);
  });
});

test("no pair runs against an id that is not a GUID", async () => {
  const run = { appId: "../me", etags: new Map<string, string>() };
  await expect(checkPair(pairAt(0), sendNothing, run)).rejects.toMatchObject({ code: "BadRequest" });
});

/** A run in which every value is captured. */
function someRun(): PairRun {
  return { appId, etags: new Map(captured) };
}

function pairAt(index: number): GoldenPair {
  const pair = goldenPairs[index];
  if (pair === undefined) throw new Error(`Pair ${index} does not exist`);
  return pair;
}

function sendNothing(): Promise<Response> {
  return Promise.reject(new Error("it was sent"));
}

function responseFrom(url: string, body: unknown): Response {
  return Object.defineProperty(new Response(JSON.stringify(body)), "url", { value: url });
}
