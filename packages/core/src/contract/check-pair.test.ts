import { describe, expect, test } from "vitest";
import { etags, otherWords, respond, rightAnswer, spoiltAnswers } from "../../test/pair-answers.ts";
import { appId } from "../../test/samples.ts";
import { checkPair, type PairRun, type SentRequest } from "./check-pair.ts";
import type { GoldenPair } from "./golden-pair.ts";
import { goldenPairs } from "./golden-pairs.ts";

test("a server that does as the contract says differs nowhere, and its ETags are captured", async () => {
  const run = { appId: appId.toUpperCase(), etags: new Map<string, string>() };
  for (const pair of goldenPairs) {
    expect(await checkPair(pair, async () => respond(rightAnswer(pair)), run)).toEqual([]);
  }
  expect(Object.fromEntries(run.etags)).toEqual(etags);
});

describe.each(goldenPairs)("of '$name'", (pair) => {
  test("the checker sees everything that is wrong", async () => {
    const unseen: string[] = [];
    for (const [what, answer] of spoiltAnswers(pair)) {
      const differences = await checkPair(pair, async () => respond(answer), someRun());
      if (differences.length === 0) unseen.push(what);
    }
    expect(unseen).toEqual([]);
  });

  test("the checker looks at no messages, no dates and no ids of requests", async () => {
    const answer = otherWords(rightAnswer(pair));
    expect(await checkPair(pair, async () => respond(answer), someRun())).toEqual([]);
  });
});

test("a member or a target that nobody expects is a difference", async () => {
  const answers = [0, 8].map((at) => [pairAt(at), rightAnswer(pairAt(at))] as const);
  const differences = await Promise.all(
    answers.map(([pair, answer]) => {
      const error = { code: "BadRequest", message: "", target: "x", details: [{ target: "x" }] };
      const body = pair.expected.error === undefined ? { ...Object(answer.body), more: 1 } : { error };
      return checkPair(pair, async () => respond({ ...answer, body }), someRun());
    }),
  );
  expect(differences).toEqual([
    ["body.more must not be there"],
    [
      'error.message must be a text, is ""',
      "error.innerError is missing",
      "error.target must not be there",
      "error.details must be 0, are 1",
    ],
  ]);
});

test("differences say what must be and what is, and show hostile text safely", async () => {
  const name = `body.\u001b[2J`;
  const bodies = [
    "<p>Sign in\u001b[2J",
    "{}",
    JSON.stringify({ ...Object(rightAnswer(pairAt(0)).body), [name]: 1, id: 7 }),
  ];
  const differences = await Promise.all(
    bodies.map((body) =>
      checkPair(pairAt(0), async () => new Response(body, { headers: { etag: 'W/"1"' } }), someRun()),
    ),
  );
  expect(differences[0]).toEqual(["the body must be JSON, is '<p>Sign in␛[2J'"]);
  expect(differences[1]).toHaveLength(13);
  expect(differences[1]?.[3]).toBe("body.installedDeviceCount is missing");
  expect(differences[2]).toEqual([`body.id must be "${appId}", is 7`, "body.body.␛[2J must not be there"]);
  expect(await checkPair(pairAt(0), async () => new Response("gone", { status: 410 }), someRun())).toEqual([
    "the status must be 200, is 410: gone",
  ]);
});

test("requests go out with everything filled in", async () => {
  const sent: SentRequest[] = [];
  for (const pair of goldenPairs) {
    const send = (request: SentRequest): Promise<Response> => {
      sent.push(request);
      return Promise.resolve(respond(rightAnswer(pair)));
    };
    await checkPair(pair, send, someRun());
  }
  expect(JSON.stringify(sent)).not.toMatch(/\{(?:appId|etag)/);
  expect(sent[10]).toEqual({
    method: "PATCH",
    path: `/deviceAppManagement/mobileApps/${appId}/installSummary`,
    headers: { "content-type": "application/json", "if-match": 'W/"1"' },
    body: '{"failedDeviceCount":11}',
    identity: "writer",
  });
  expect(JSON.parse(sent[24]?.body ?? "")).toMatchObject({
    requests: [{ headers: { "If-Match": 'W/"1"' } }, { dependsOn: ["1"] }],
  });
});

test("a pair that needs what no earlier one captured is not sent", async () => {
  expect(await checkPair(pairAt(2), sendNothing, { appId, etags: new Map() })).toEqual([
    "the pair needs the ETag 'example', which no pair before it has captured",
  ]);
  expect(await checkPair(pairAt(42), sendNothing, { appId, etags: new Map() })).toEqual([
    "the pair needs the ETag 'minimal', which no pair before it has captured",
  ]);
});

test("no pair runs against what is no app", async () => {
  const run = { appId: "../me", etags: new Map<string, string>() };
  await expect(checkPair(pairAt(0), sendNothing, run)).rejects.toMatchObject({ code: "BadRequest" });
});

/** A run in which all ETags are captured. */
function someRun(): PairRun {
  return { appId, etags: new Map(Object.entries(etags)) };
}

function pairAt(index: number): GoldenPair {
  const pair = goldenPairs[index];
  if (pair === undefined) throw new Error(`there is no pair ${index}`);
  return pair;
}

function sendNothing(): Promise<Response> {
  return Promise.reject(new Error("it was sent"));
}
