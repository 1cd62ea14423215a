import { isGraphError } from "@install-summary/core";
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createKey } from "../src/test-authority/authority.ts";
import {
  bomb,
  entraOf,
  failures,
  otherTenant,
  ourTenant,
  secondTenant,
  sendJson,
  slowFailures,
  status,
  useAuthority,
} from "./authorities.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const signature = "401 Access token validation failure. Invalid signature.";
const issuer = "401 Access token validation failure. Invalid issuer.";
const notFetched = "503 The signing keys of the token's tenant cannot be fetched.";

/** An authority, a facade's check of its tokens, and the clock of both, which a test moves on. */
async function open(options: { readonly maxFetchTime?: number } = {}) {
  let time = Date.UTC(2026, 10, 26);
  const now = (): number => time;
  const authority = await useAuthority(now);
  // The time of fetches is the machine's own: a busy one takes long.
  const entra = entraOf(authority, { now, maxFetchTime: 60_000, ...options });
  const outcome = async (token: string): Promise<string> => {
    try {
      await entra.authenticate(`Bearer ${token}`);
      return "accepted";
    } catch (error) {
      if (isGraphError(error)) return `${error.status} ${error.message}`;
      throw error;
    }
  };
  return {
    authority,
    entra,
    outcome,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    /** How often the keys of version 2.0 were asked for. */
    fetches: () => authority.requests.filter((path) => path.endsWith("/discovery/v2.0/keys")).length,
    /** A token that lives as long as the test's clock may run. */
    longToken: () => authority.issueToken({ expiresIn: 30 * 24 * 3600 }),
  };
}

test("keys are fetched once per tenant and version, and tokens of both versions are accepted", async () => {
  const { authority, outcome } = await open();
  for (const version of ["2.0", "1.0", "2.0", "1.0"] as const) {
    expect(await outcome(await authority.issueToken({ version }))).toBe("accepted");
  }
  expect(authority.requests).toEqual([
    `/${ourTenant}/v2.0/.well-known/openid-configuration`,
    `/${ourTenant}/discovery/v2.0/keys`,
    `/${ourTenant}/.well-known/openid-configuration`,
    `/${ourTenant}/discovery/keys`,
  ]);
});

test("the name of an issuer is the one that its discovery document has, as other clouds have other names", async () => {
  const { authority, outcome } = await open();
  const name = `https://login.partner.microsoftonline.cn/${ourTenant}/v2.0`;
  const keysUrl = `${authority.origin}/${ourTenant}/discovery/v2.0/keys`;
  authority.fail("/v2.0/.well-known/openid-configuration", sendJson({ issuer: name, jwks_uri: keysUrl }));
  expect(await outcome(authority.sign({ claims: { iss: name } }))).toBe("accepted");
  expect(await outcome(authority.sign())).toBe(issuer);
});

test("T22: for a tenant that is not served nothing is fetched", async () => {
  const { authority, outcome } = await open();
  for (const tenant of [secondTenant, otherTenant]) {
    expect(await outcome(await authority.issueToken({ tenant }))).toBe(issuer);
  }
  expect(authority.requests).toEqual([]);
});

test("a hundred requests that need the first keys wait for one fetch", async () => {
  const { authority, outcome, fetches } = await open();
  const tokens = await Promise.all(Array.from({ length: 100 }, () => authority.issueToken()));
  expect(new Set(await Promise.all(tokens.map(outcome)))).toEqual(new Set(["accepted"]));
  expect(fetches()).toBe(1);
});

describe("T28: an unknown key id", () => {
  test("causes one fetch in five minutes, even a thousand of them at once", async () => {
    const { authority, outcome, pass, fetches } = await open();
    await outcome(authority.sign());
    const unknown = (): string => authority.sign({ header: { kid: crypto.randomUUID() } });
    const thousand = async (): Promise<Set<string>> => {
      // Signing them takes longer than a fetch may.
      const tokens = Array.from({ length: 1000 }, unknown);
      return new Set(await Promise.all(tokens.map(outcome)));
    };
    expect(await thousand()).toEqual(new Set([signature]));
    expect(fetches()).toBe(1);
    pass(5 * minute);
    expect(await thousand()).toEqual(new Set([signature]));
    expect(fetches()).toBe(2);
    pass(5 * minute - 1);
    expect(await outcome(unknown())).toBe(signature);
    expect(fetches()).toBe(2);
  });

  test.each(["../k", "' or 1=1 --", "__proto__", "constructor", "", "k\u0000", "x".repeat(5000)])(
    "%j is refused",
    async (kid) => {
      const { authority, outcome, fetches } = await open();
      expect(await outcome(authority.sign({ header: { kid } }))).toBe(signature);
      expect(fetches()).toBe(1);
    },
  );

  test("is accepted as soon as the authority publishes it, with the cool-down over", async () => {
    const { authority, outcome, pass, fetches } = await open();
    await outcome(authority.sign());
    await authority.rotateKeys();
    const token = await authority.issueToken();
    expect(await outcome(token)).toBe(signature);
    pass(5 * minute);
    expect(await outcome(token)).toBe("accepted");
    expect(fetches()).toBe(2);
  });
});

describe("keys are refreshed hourly", () => {
  test("T32: and a token of a removed key is refused then, also one that was accepted before", async () => {
    const { authority, outcome, pass, longToken, fetches } = await open();
    const token = await longToken();
    expect(await outcome(token)).toBe("accepted");
    await authority.rotateKeys();
    pass(hour - 1);
    expect(await outcome(token)).toBe("accepted");
    expect(fetches()).toBe(1);
    pass(1);
    // This request begins the refresh, and does not wait for it.
    expect(await outcome(token)).toBe("accepted");
    await expect.poll(() => outcome(token)).toBe(signature);
    expect(fetches()).toBe(2);
    expect(await outcome(await longToken())).toBe("accepted");
  });

  test("before a token is accepted when they have not been asked for in two hours", async () => {
    const { authority, outcome, pass, longToken } = await open();
    const token = await longToken();
    expect(await outcome(token)).toBe("accepted");
    await authority.rotateKeys();
    pass(2 * hour);
    expect(await outcome(token)).toBe(signature);
  });

  test("while a clock is set back too", async () => {
    const { outcome, pass, longToken, fetches } = await open();
    const token = await longToken();
    expect(await outcome(token)).toBe("accepted");
    pass(-30 * second);
    expect(await outcome(token)).toBe("accepted");
    await expect.poll(fetches).toBe(2);
  });

  test("by one fetch, while a hundred tokens that were accepted before are used", async () => {
    const { outcome, pass, longToken, fetches } = await open();
    const tokens = await Promise.all(Array.from({ length: 100 }, longToken));
    await Promise.all(tokens.map(outcome));
    pass(hour);
    expect(new Set(await Promise.all(tokens.map(outcome)))).toEqual(new Set(["accepted"]));
    await expect.poll(fetches).toBe(2);
    expect(new Set(await Promise.all(tokens.map(outcome)))).toEqual(new Set(["accepted"]));
    expect(fetches()).toBe(2);
  });
});

describe("T48: an authority fails", () => {
  const documents = [
    ["discovery", "/openid-configuration"],
    ["keys", "/keys"],
  ] as const;
  const cases = documents.flatMap(([name, ending]) =>
    Object.entries(failures).map(([failure, listener]) => ({ name, ending, failure, listener })),
  );

  test.each(cases)("$name: $failure; the last keys serve, and it is told", async ({ ending, listener }) => {
    const { authority, entra, outcome, pass, longToken } = await open();
    const token = await longToken();
    expect(await outcome(token)).toBe("accepted");
    authority.fail(ending, listener);
    pass(90 * minute);
    expect(await outcome(token)).toBe("accepted");
    await expect.poll(() => entra.log.join("")).toContain('"msg":"keys not fetched"');
    expect(await outcome(await longToken())).toBe("accepted");
    pass(24 * hour);
    expect(await outcome(token)).toBe("accepted");
    await authority.rotateKeys();
    authority.mend();
    pass(5 * minute);
    await expect.poll(() => outcome(token)).toBe(signature);
  });

  test.each(cases)("$name: $failure; without keys it is a 503", async ({ ending, listener }) => {
    const { authority, outcome, pass } = await open();
    authority.fail(ending, listener);
    const token = await authority.issueToken();
    expect(await outcome(token)).toBe(notFetched);
    authority.mend();
    expect(await outcome(token)).toBe(notFetched);
    pass(30 * second);
    expect(await outcome(token)).toBe("accepted");
  });

  test.each(Object.entries(slowFailures))("%s; the facade stops waiting", async (_, listener) => {
    const { authority, outcome, pass, longToken } = await open({ maxFetchTime: 100 });
    authority.fail("/keys", listener);
    const token = await longToken();
    expect(await outcome(token)).toBe(notFetched);
    authority.mend();
    // On a busy machine a fetch that works may also take longer than it may.
    const nextOutcome = (): ReturnType<typeof outcome> => {
      pass(30 * second);
      return outcome(token);
    };
    await expect.poll(nextOutcome).toBe("accepted");
    authority.fail("/keys", listener);
    pass(hour);
    // Keys that are there serve without delay.
    expect(await outcome(token)).toBe("accepted");
  });

  test("and sends 300 MB in a few bytes: the facade stops reading", async () => {
    const { authority, entra, outcome } = await open();
    authority.fail("/keys", failures["gzip of 300 MB"] ?? status(500));
    expect(await outcome(await authority.issueToken())).toBe(notFetched);
    expect(entra.log.join("")).toContain("responded with more than 262144 bytes");
    const sent = bomb.megabytes;
    expect(sent).toBeLessThan(100);
    await expect.poll(() => bomb.megabytes).toBeLessThan(sent + 10);
  });

  test("and is down: one attempt per 30 seconds without keys", async () => {
    const { authority, outcome, pass } = await open();
    const token = await authority.issueToken();
    authority.fail("/openid-configuration", status(500));
    const attempts = (): number => authority.requests.length;
    expect(new Set(await Promise.all(Array.from({ length: 200 }, () => outcome(token))))).toEqual(
      new Set([notFetched]),
    );
    expect(attempts()).toBe(1);
    pass(30 * second - 1);
    await outcome(token);
    expect(attempts()).toBe(1);
    pass(1);
    await outcome(token);
    expect(attempts()).toBe(2);
  });

  test("and does not listen any more: the last keys serve", async () => {
    const { authority, entra, outcome, pass, longToken } = await open();
    const token = await longToken();
    expect(await outcome(token)).toBe("accepted");
    await authority.close();
    pass(hour);
    expect(await outcome(token)).toBe("accepted");
    await expect.poll(() => entra.log.join("")).toContain('"msg":"keys not fetched"');
    expect(await outcome(await longToken())).toBe("accepted");
  });

  test("and publishes a private key", async () => {
    const { authority, entra, outcome } = await open();
    const { keyId, privateKey } = authority.core.signingKey();
    authority.publish([{ ...privateKey.export({ format: "jwk" }), kid: keyId, use: "sig" }]);
    expect(await outcome(authority.sign())).toBe(notFetched);
    expect(entra.log.join("")).toContain("the key set cannot be used: its keys must have no private key");
  });

  test.each([
    ["/openid-configuration", [], "the discovery document cannot be used: it must be an object"],
    ["/openid-configuration", { issuer: 7 }, "its issuer must be a text"],
    ["/openid-configuration", { issuer: "x", jwks_uri: "keys" }, "its jwks_uri must be a URL"],
    ["/keys", {}, "the key set cannot be used: its keys must be a list"],
    ["/keys", { keys: [] }, "its keys must have at least one key"],
    ["/keys", { keys: [{}] }, "its keys.0.kty must be a text"],
  ])("and %s responds with %j: the log says what it must be", async (ending, body, words) => {
    const { authority, entra, outcome } = await open();
    authority.fail(ending, sendJson(body));
    expect(await outcome(authority.sign())).toBe(notFetched);
    expect(entra.log.join("")).toContain(words);
  });

  test("and names itself otherwise: the last keys serve, and the name that it had", async () => {
    const { authority, entra, outcome, pass, longToken } = await open();
    const token = await longToken();
    expect(await outcome(token)).toBe("accepted");
    const changed = `https://login.example/${ourTenant}/v2.0`;
    authority.fail(
      "/v2.0/.well-known/openid-configuration",
      sendJson({ issuer: changed, jwks_uri: `${authority.origin}/${ourTenant}/discovery/v2.0/keys` }),
    );
    pass(90 * minute);
    expect(await outcome(token)).toBe("accepted");
    await expect.poll(() => entra.log.join("")).toContain(`now names itself ${changed}`);
    expect(await outcome(authority.sign({ claims: { iss: changed } }))).toBe(issuer);
  });

  test.each([
    `https://login.example/${otherTenant}/v2.0`,
    "https://login.example/{tenantid}/v2.0",
    `http://login.example/${ourTenant}/v2.0`,
    `https://sts.windows.net/${ourTenant}/`,
    "",
  ])("and names itself %j from the start", async (name) => {
    const { authority, outcome } = await open();
    authority.fail(
      "/v2.0/.well-known/openid-configuration",
      sendJson({ issuer: name, jwks_uri: `${authority.origin}/${ourTenant}/discovery/v2.0/keys` }),
    );
    expect(await outcome(authority.sign())).toBe(notFetched);
    expect(authority.requests).toHaveLength(1);
  });
});

test("T49: keys that discovery names on another origin are not fetched", async () => {
  const { authority, entra, outcome } = await open();
  const elsewhere = await useAuthority();
  authority.fail(
    "/v2.0/.well-known/openid-configuration",
    sendJson({
      issuer: `${authority.origin}/${ourTenant}/v2.0`,
      jwks_uri: `${elsewhere.origin}/${ourTenant}/discovery/v2.0/keys`,
    }),
  );
  expect(await outcome(authority.sign())).toBe(notFetched);
  expect(elsewhere.requests).toEqual([]);
  expect(entra.log.join("")).toContain(`keys on another origin: ${elsewhere.origin}`);
});

describe("T31: a key that cannot be used", () => {
  const small = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" });

  test.each([
    ["of a curve", { ...curve.publicKey.export({ format: "jwk" }) }],
    ["that is a secret", { kty: "oct", k: "c2VjcmV0" }],
    ["for encryption", { use: "enc" }],
    ["for another algorithm", { alg: "RS512" }],
    ["of 1,024 bits", { ...small.publicKey.export({ format: "jwk" }) }],
    ["that is broken", { n: "!", e: "AQAB" }],
    ["without a modulus", { n: undefined }],
    ["without an id", { kid: undefined }],
  ])("%s is as good as none, and the other keys serve", async (_, changes) => {
    const { authority, outcome } = await open();
    const good = authority.core.signingKey();
    const { keyId, publicKey, privateKey } = await createKey();
    const broken = { ...publicKey.export({ format: "jwk" }), use: "sig", kid: keyId, ...changes };
    const published = { ...good.publicKey.export({ format: "jwk" }), use: "sig", kid: good.keyId };
    authority.publish([broken, published]);
    const signer =
      "n" in changes && changes.n !== undefined && changes.n !== "!" ? small.privateKey : privateKey;
    expect(await outcome(authority.sign({ header: { kid: keyId }, key: signer }))).toBe(signature);
    expect(await outcome(authority.sign())).toBe("accepted");
  });
});

test("T29: an id that two keys have names neither", async () => {
  const { authority, outcome } = await open();
  const { keyId, publicKey } = authority.core.signingKey();
  const other = await createKey();
  authority.publish([
    { ...publicKey.export({ format: "jwk" }), use: "sig", kid: keyId },
    { ...other.publicKey.export({ format: "jwk" }), use: "sig", kid: keyId },
  ]);
  expect(await outcome(authority.sign())).toBe(signature);
  expect(await outcome(authority.sign({ key: other.privateKey }))).toBe(signature);
});

test("the facade is ready once keys of a tenant were fetched, and asking begins to fetch them", async () => {
  const { authority, entra, pass } = await open();
  authority.fail("/openid-configuration", status(500));
  const check = (): string => {
    try {
      entra.check();
      return "ready";
    } catch (error) {
      return isGraphError(error) ? error.message : String(error);
    }
  };
  expect(check()).toBe("The signing keys of Entra ID have not been fetched yet.");
  await expect.poll(() => entra.log.join("")).toContain("responded with 500");
  authority.mend();
  pass(30 * second);
  check();
  await expect.poll(check).toBe("ready");
  expect(authority.requests).toHaveLength(3);
});
