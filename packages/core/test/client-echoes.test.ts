import { inspect } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isUnconfirmedChangeError } from "../src/client/index.ts";
import { hideSecrets, secretHider } from "../src/text.ts";
import { failure, openClient } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";

// Servers, gateways and pages for developers repeat what they were sent.

const patch = { failedDeviceCount: 4321 };
const sign = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
/** What looks like a tag is left out of a page, and no ETag has a quote. */
const secret = fc.string({ unit: sign.filter((one) => !/[<"]/.test(one)), minLength: 8, maxLength: 700 });

interface Secrets {
  readonly token: string;
  readonly key: string;
}

interface Echo {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const places: Readonly<Record<string, (secrets: Secrets) => Echo>> = {
  "each text of an error": ({ token, key }) => {
    const detail = { code: token, message: `The key ${key}.`, target: key };
    const fault = { code: "ModelValidationFailure", message: `The property ${token}`, target: token };
    return {
      status: 400,
      body: {
        error: {
          code: token,
          message: `Bearer ${token} is refused, with ${key}`,
          target: token,
          innerError: { code: key, "request-id": token },
          details: [detail, fault],
        },
      },
    };
  },
  "an error, behind names in upper case": ({ token, key }) => ({
    status: 403,
    body: { error: { code: "Forbidden", message: `AUTHORIZATION: BEARER ${token} X-KEY: ${key}` } },
  }),
  "headers of an error": ({ token, key }) => ({
    status: 412,
    headers: { "request-id": key, etag: tagOf(token + key) },
  }),
  "a page": ({ token, key }) => ({
    status: 500,
    body: `<html><pre>authorization: Bearer ${token}\nx-key: ${key}</pre>`,
  }),
  "a page that is cut": ({ token, key }) => ({
    status: 500,
    body: `${"x".repeat(150)} ${key} ${token}`,
  }),
  "JSON of another form": (secrets) => ({ status: 400, body: { headers: secrets } }),
  "a redirect": ({ token, key }) => ({
    status: 302,
    headers: { location: `/?key=${encodeURIComponent(key)}&token=${encodeURIComponent(token)}` },
  }),
  "a success that is an error": ({ token, key }) => ({
    status: 200,
    headers: { "request-id": token },
    body: { error: { code: key, message: `${"x".repeat(480)}${token}` } },
  }),
  "the id of a success": ({ key }) => ({ status: 200, body: { ...sampleSummary(), id: key } }),
  "a value of a success": ({ token }) => ({
    status: 200,
    body: { ...sampleSummary(), failedDeviceCount: token },
  }),
  "the name of a member of a success": ({ token }) => ({
    status: 200,
    body: { ...sampleSummary(), failedDeviceCount: { [token]: 1 } },
  }),
  "a success of other values": ({ token, key }) => ({
    status: 200,
    headers: { "request-id": key },
    body: { ...sampleSummary({ failedDeviceCount: 2 }), owner: token },
  }),
  "a success that says two things": ({ token }) => ({
    status: 200,
    body: `{${JSON.stringify(token)}:1,${JSON.stringify(token)}:2}`,
  }),
  "a success that is no JSON": ({ token, key }) => ({ status: 200, body: `${key} ${token}` }),
  "a text that has the beginning alone": ({ token, key }) => ({
    status: 400,
    body: { error: { code: "Bad", message: `${token.slice(0, 60)}... and ${key.slice(0, 60)}…` } },
  }),
  "an error in two pieces": ({ token }) => ({
    status: 400,
    body: { error: { code: "Bad", message: `${token.slice(0, 9)}\n${token.slice(9)}` } },
  }),
};

test.each(Object.entries(places))(
  "an error has no secret that a response repeats in %s",
  async (_, place) => {
    let secrets: Secrets = { token: "", key: "" };
    const { client } = await openEcho(
      () => secrets,
      () => place(secrets),
    );
    const property = fc.asyncProperty(secret, secret, async (token, key) => {
      secrets = { token, key };
      expect(partsIn(await failure(client.sendOnce(appId, patch, { ifMatch: 'W/"7"' })), secrets)).toEqual(
        [],
      );
    });
    await fc.assert(property, { numRuns: 30 });
  },
);

test.each(Object.entries(places))(
  "a change that is not confirmed has no secret that a gateway repeats in %s",
  async (_, place) => {
    const secrets = { token: `q=${"T0k-n".repeat(100)}`, key: `k3y/+&'${"\\?".repeat(50)}.` };
    const { client } = await openEcho(
      () => secrets,
      (method) =>
        method === "PATCH" ? { ...place(secrets), status: 502 } : { status: 200, body: sampleSummary() },
    );
    const error = await failure(client.update(appId, patch));
    expect(isUnconfirmedChangeError(error)).toBe(true);
    expect(partsIn(error, secrets)).toEqual([]);
  },
);

// As Go, Python, PHP, .NET, Java and browsers write them.
const escapes: Readonly<Record<string, (text: string) => string>> = {
  "JSON with its slashes escaped": (text) => JSON.stringify(text).replaceAll("/", "\\/"),
  "JSON with signs by their numbers": (text) => JSON.stringify(text).replaceAll(/[+/&'=]/g, numbered),
  "JSON with numbers in upper case": (text) =>
    JSON.stringify(text).replaceAll(/[+/&'=]/g, (one) => numbered(one).toUpperCase().replace("U", "u")),
  "JSON of numbers alone": (text) => `"${text.replaceAll(/[^]/g, numbered)}"`,
  "a URL in small letters": (text) => encodeURIComponent(text).replaceAll(/%../g, (one) => one.toLowerCase()),
  "a URL with each sign escaped": (text) => text.replaceAll(/[^]/g, percent),
  "a URL with some signs left": (text) => text.replaceAll(/[=&%\\]/g, percent),
  "a form": (text) => new URLSearchParams({ text }).toString().slice("text=".length),
};

function numbered(one: string): string {
  return `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function percent(one: string): string {
  return `%${one.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

test.each(Object.entries(escapes))("no secret is told as %s has it, whole or cut anywhere", (_, escape) => {
  const property = fc.property(secret, fc.nat(), (value, cut) => {
    const headers = [["x-key", value]] as const;
    const escaped = escape(value);
    expect(hideSecrets(`key=${escaped} is refused`, headers)).toMatch(/^key=.{0,3}….{0,3} is refused$/);
    const shown = hideSecrets(`key=${escaped}`, [["authorization", `Bearer ${value}`]]);
    const parts = Array.from({ length: value.length - 7 }, (_one, at) => escape(value.slice(at, at + 8)));
    expect(parts.filter((part) => shown.includes(part.replaceAll(/^"|"$/g, "")))).toEqual([]);
    // A cut before the eighth sign is that of a value too short to be one.
    const from = escape(value.slice(0, 8)).replace(/"$/, "").length;
    const at = Math.min(from + (cut % 12), escaped.length);
    expect(hideSecrets(`key=${escaped.slice(0, at)}…`, headers).length).toBeLessThan(20);
  });
  fc.assert(property, { numRuns: 100 });
});

test.each(Object.entries(escapes))(
  "a text longer than anyone reads is cut, and no secret across the cut is told as %s has it",
  (_, escape) => {
    const property = fc.property(secret, fc.nat({ max: 60 }), (value, before) => {
      const escaped = escape(value);
      const text = "-".repeat(4000 - before) + escaped + "-".repeat(100_000);
      const [credential, other] = ["authorization", "x-key"].map((name) =>
        hideSecrets(text, [[name, value]]),
      );
      const parts = Array.from({ length: value.length - 7 }, (_one, at) => escape(value.slice(at, at + 8)));
      expect(parts.filter((part) => credential?.includes(part.replaceAll(/^"|"$/g, "")))).toEqual([]);
      const start = escape(value.slice(0, 8)).replaceAll(/^"|"$/g, "");
      expect(other).not.toContain(start);
      expect([credential, other].map((shown) => (shown ?? text).length <= 4001)).toEqual([true, true]);
    });
    fc.assert(property, { numRuns: 100 });
  },
);

test("the beginning of a value is hidden before any sign that cannot be part of a word", () => {
  for (let code = 0; code < 0x3000; code += 1) {
    const next = String.fromCharCode(code);
    if (/\w/.test(next)) continue;
    const shown = hideSecrets(`bad key: s3cretvalue${next}`, [["x-api-key", "s3cretvalue-more-of-it"]]);
    expect(shown, `before ${code}`).not.toContain("s3cretvalue");
  }
});

test("of an error of a megabyte as much is kept as people read, whatever it is made of", async () => {
  const token = "T0k-n".repeat(100);
  const detail = { code: "Bad", message: `no ${token}`, target: "a" };
  const { client } = await openClient(
    (_request, response) => {
      const error = {
        code: "Bad",
        message: `no ${token} `.repeat(1000),
        details: Array.from({ length: 700 }, () => detail),
      };
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error }));
    },
    { token: () => token },
  );
  const details = Array.from({ length: 100 }, () => ({ ...detail, message: "no …" }));
  const error = await failure(client.get(appId));
  expect(error).toMatchObject({ message: expect.stringMatching(/^(?:no …+ ?){2,}$/), details });
});

test("of all texts of an error at most 100,000 characters are kept, the message first, and no secret is in any", async () => {
  const token = "T0k-n-0123456789";
  const long = `${"x ".repeat(1700)}${token}`;
  const { client } = await openClient(
    (_request, response) => {
      const details = Array.from({ length: 100 }, (_, at) => ({
        code: "Bad",
        message: long,
        target: `${at}${long}`,
      }));
      const error = { code: "Bad", message: `first ${token}`, details };
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error }));
    },
    { token: () => token },
  );
  const error = await failure(client.get(appId));
  expect(error).toMatchObject({ message: "first …", code: "Bad" });
  const shown = JSON.stringify(error);
  expect(shown).not.toContain(token);
  expect(shown.length).toBeGreaterThan(90_000);
  expect(shown.length).toBeLessThan(110_000);
});

test("values that repeat themselves are hidden whole, where they overlap and where they are cut", () => {
  const property = fc.property(
    fc.string({ unit: fc.constantFrom("a", "b"), minLength: 8, maxLength: 40 }),
    fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 40 }),
    (value, around) => {
      const text = `${around}${value}${around} ${value.slice(0, 8)}…`;
      const shown = hideSecrets(text, [["x-key", value]]);
      expect(shown).not.toContain(value);
      expect(shown).toMatch(/…$/);
    },
  );
  fc.assert(property, { numRuns: 1000 });
});

test("a hider keeps nothing of one text for another but how much is left", () => {
  const hide = secretHider([["authorization", "Bearer T0k-n-0123456789"]]);
  for (let count = 0; count < 24; count += 1) expect(hide("x".repeat(4000))).toHaveLength(4000);
  expect(hide(`${"y".repeat(3990)}T0k-n-0123456789`)).toBe(`${"y".repeat(3990)}……`);
  expect(hide("z".repeat(100))).toBe("…");
  expect(hide("short")).toBe("short");
});

test("escapes that are no secret's stay as they are", () => {
  const text = String.raw`C:\users\u00e9\x 100%, 5%20% and \u002B%2b "a+b" \ %`;
  expect(
    hideSecrets(text, [
      ["x-key", "kA9/xQ2+LmZ7"],
      ["authorization", "Bearer kA9/xQ2+LmZ7"],
    ]),
  ).toBe(text);
});

test("a token that was refused is no more told than the one after it", async () => {
  const tokens = ["first-token-0123456789", "other-token-abcdefghij"];
  const { client } = await openClient(
    (_request, response) => {
      response.writeHead(401).end(`neither ${tokens.join(" nor ")}`);
    },
    { token: (refused) => tokens[refused === undefined ? 0 : 1] ?? "", retry: 0 },
  );
  const error = await failure(client.get(appId));
  expect(error).toMatchObject({ status: 401, message: expect.stringMatching(/neither … nor …$/) });
});

const thrown: readonly (readonly [what: string, make: (secrets: Secrets) => unknown])[] = [
  ["a text", ({ token }) => `no ${token}`],
  ["an object", ({ token }) => ({ authorization: token })],
  ["a message", ({ token, key }) => new Error(`no ${token} ${key}`)],
  ["a name and a code", ({ token, key }) => Object.assign(new Error("no"), { name: token, code: key })],
  ["a member", ({ token }) => Object.assign(new Error("no"), { sent: token })],
  ["the name of a member", ({ token }) => Object.assign(new Error("no"), { [token]: 1 })],
  ["a hidden member", ({ token }) => Object.defineProperty(new Error("no"), "sent", { value: token })],
  ["a stack", ({ token }) => Object.assign(new Error("no"), { stack: `at ${token}` })],
  ["a DOMException", ({ token }) => new DOMException(token, "NetworkError")],
  ["a cause", ({ token, key }) => new Error("no", { cause: new Error(token, { cause: [key] }) })],
  ["a cause that is a text", ({ token }) => new Error("no", { cause: token })],
  ["several causes", ({ token, key }) => new AggregateError([new Error(token), key], key)],
];

test.each(thrown)("an error has no secret of what a fetch throws, in %s", async (_, make) => {
  const property = fc.asyncProperty(secret, secret, async (token, key) => {
    const secrets = { token, key };
    const { client } = await openEcho(
      () => secrets,
      () => ({ status: 500 }),
      async () => {
        throw make(secrets);
      },
    );
    expect(partsIn(await failure(client.get(appId)), secrets)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 5 });
});

test("texts stay as they are beside short values, and beside headers that are no secrets", async () => {
  const message = "The tenant en of application/json;charset=utf-8 is true for 0123456789abcdef; try again.";
  const { client } = await openClient(
    (_request, response) => {
      response.writeHead(400, { "request-id": "0123456789abcdef", "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: "Bad", message } }));
    },
    {
      token: () => "tenant",
      headers: { "accept-language": "en", "x-beta": "true", "client-request-id": "0123456789abcdef" },
    },
  );
  const headers = { accept: "application/json;charset=utf-8" };
  const error = await failure(client.get(appId, { headers }));
  expect(error).toMatchObject({ message, requestId: "0123456789abcdef" });
});

test.each([
  "request-id",
  "x-request-id",
  "x-correlation-id",
  "x-ms-client-request-id",
  "x-trace-id",
  "traceparent",
])(
  "an id that a caller gives its request as %s is told where a server takes it for its own",
  async (name) => {
    const id = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const { client } = await openClient(
      (_request, response) => {
        response.writeHead(200, { "request-id": id, "content-type": "application/json" });
        response.end(JSON.stringify(sampleSummary()));
      },
      { headers: { [name]: id } },
    );
    expect(await client.get(appId)).toMatchObject({ requestId: id });
  },
);

test("of a header's value that is not secret enough to be a token's, parts within a text stay", async () => {
  const { client } = await openClient(
    (_request, response) => {
      const message = "https://docs.example tells of contoso-staging, not of contoso-production";
      response.writeHead(400).end(JSON.stringify({ error: { code: "Bad", message } }));
    },
    { headers: { referer: "https://portal.example/", "x-tenant": "contoso-production" } },
  );
  expect(await failure(client.get(appId))).toMatchObject({
    message: "https://docs.example tells of contoso-staging, not of …",
  });
});

function openEcho(
  secrets: () => Secrets,
  place: (method: string) => Echo,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): ReturnType<typeof openClient> {
  return openClient(
    ({ method }, response) => {
      const { status, headers, body = "" } = place(method);
      response.writeHead(status, headers);
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    },
    { token: () => secrets().token, headers: () => ({ "x-key": secrets().key }), retry: 0, fetch },
  );
}

function tagOf(text: string): string {
  return `W/"${text}"`;
}

/** What there is of the beginning of the key, and of each part of the token. */
function partsIn(error: unknown, { token, key }: Secrets): readonly string[] {
  const texts = textsOf(error).join("\n");
  const parts = Array.from({ length: token.length - 7 }, (_, at) => token.slice(at, at + 8));
  return [key.slice(0, 8), ...parts].filter((part) => texts.includes(part));
}

/** All that logs and copies of an error show, and each text in it. */
function textsOf(error: unknown): readonly string[] {
  const shown = [error, structuredClone(error)].map((one) => inspect(one, { depth: null, showHidden: true }));
  return [...shown, JSON.stringify(error), String(error), ...membersOf(error, new Set())];
}

function membersOf(value: unknown, seen: Set<unknown>): readonly string[] {
  if (typeof value !== "object" || value === null || seen.has(value)) return [String(value)];
  seen.add(value);
  return Reflect.ownKeys(value).flatMap((name) => [
    String(name),
    ...membersOf(Reflect.get(value, name), seen),
  ]);
}
